import type { PlaceStanding } from '#src/domain/governance/standing-places.ts';
import type { NameOf } from '#src/state/governance/use-governance-names.ts';
import classes from '../governance.module.css';
import { stateInText, timeWords } from '../words.ts';
import { StateBadge } from './state-badge.tsx';

export interface StandingLinesProps {
  /** First what holds everywhere else. */
  readonly places: readonly PlaceStanding[];
  readonly nameOf: NameOf;
}

/** What holds where, since when, who decided it and why. */
export function StandingLines({ places: [elsewhere, ...others], nameOf }: StandingLinesProps) {
  if (elsewhere === undefined) return null;
  return (
    <>
      <p>{sentence(elsewhere, nameOf)}</p>
      {others.length > 0 && (
        <ul className={classes.list}>
          {others.map((one) => (
            <li key={`${one.site} ${one.unit}`}>
              {placeWords(one, nameOf)}: <StateBadge state={one.standing.code} />{' '}
              {sentence(one, nameOf)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export const placeWords = (
  { site, unit }: Pick<PlaceStanding, 'site' | 'unit'>,
  nameOf: NameOf,
): string => {
  const words = [unit === undefined ? undefined : nameOf(unit), site].filter(
    (one) => one !== undefined,
  );
  return words.length === 0 ? 'Everywhere' : words.join(', ');
};

function sentence({ standing: { code, since, record } }: PlaceStanding, nameOf: NameOf): string {
  if (record === undefined)
    return code === 'unknown'
      ? 'Nobody has put a state on record.'
      : `Nothing is on record for other places: there it is ${stateInText(code)}.`;
  const by = record.byName ?? (record.by === undefined ? undefined : nameOf(record.by));
  const parts = [
    since === undefined ? undefined : `Since ${timeWords(since)}`,
    by === undefined ? undefined : `by ${by}`,
  ].filter((one) => one !== undefined);
  const reason = record.reason === undefined ? '' : ` ${record.reason}`;
  return `${parts.join(', ')}${parts.length > 0 ? '.' : ''}${reason}`;
}
