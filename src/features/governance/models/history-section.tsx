import type { ModelStateRecord } from '#src/domain/governance/model-state.ts';
import type { NameOf } from '#src/state/governance/use-governance-names.ts';
import { TwinTable } from '#src/ui/twin-table.tsx';
import classes from '../governance.module.css';
import { stateWords, timeWords } from '../words.ts';
import { placeWords } from './standing-lines.tsx';

export interface HistorySectionProps {
  readonly records: readonly ModelStateRecord[];
  readonly nameOf: NameOf;
}

/** Every state that was put on record; nothing is ever edited. */
export function HistorySection({ records, nameOf }: HistorySectionProps) {
  return (
    <section aria-labelledby="history" className={classes.stack}>
      <h2 className={classes.heading} id="history">
        History
      </h2>
      {records.length === 0 ? (
        <p className={classes.more}>Nothing is on record.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it
        <section aria-label="History of states" className={classes.wide} tabIndex={0}>
          <TwinTable
            heads={['From', 'State', 'Where', 'Until', 'By', 'Why']}
            name="States, the newest first"
            rows={records.map((one) => ({ key: one.id, cells: cellsOf(one, nameOf) }))}
            words
          />
        </section>
      )}
    </section>
  );
}

const cellsOf = (record: ModelStateRecord, nameOf: NameOf) => {
  const { from, state, until, by, byName, reason, site, units, clinicians } = record;
  const where =
    units.length === 0
      ? placeWords(site === undefined ? {} : { site }, nameOf)
      : [...units.map(nameOf), ...(site === undefined ? [] : [site])].join(', ');
  const who = clinicians.length === 0 ? '' : `; ${clinicians.map(nameOf).join(', ')}`;
  return [
    timeWords(from),
    stateWords(state),
    `${where}${who}`,
    timeWords(until),
    byName ?? (by === undefined ? '' : nameOf(by)),
    reason ?? '',
  ];
};
