import type { Label } from '#src/domain/metrics/label.ts';
import { useLabels } from '#src/state/dashboard/use-labels.ts';
import { Notice } from '#src/ui/notice.tsx';
import { TwinTable } from '#src/ui/twin-table.tsx';
import { useDashboard } from './dashboard-context.ts';
import classes from './label-rules.module.css';
import { Failed } from './view-gate.tsx';
import { codeWords, countText } from './words.ts';

const NAME = 'Rules that made the labels';

/** Which rules said that it happened: without them nobody can judge a sensitivity. Of all weeks and models. */
export function LabelRules({ wanted }: { readonly wanted: boolean }) {
  const { filter, freshness } = useDashboard();
  const { data, error } = useLabels(freshness.asOf, wanted);
  if (error) return <Failed error={error} />;
  if (data === undefined) return null;
  const labels = data?.filter(({ kind }) => kind === 'label') ?? [];
  if (labels.length === 0)
    return (
      <Notice title="No rule of a label is published" tone="info">
        <p>
          The settings with which these figures were published name no outcome rule that made a
          label; in the table of outcomes each row names its own.
        </p>
      </Notice>
    );
  // All weeks of all models: beside the counts of a period, small ones could be worked out.
  const counted = filter.form === 'screen';
  return (
    <details className={classes.rules} open>
      <summary>
        {NAME}, in all published weeks{counted ? '' : '; counts are left out'}
      </summary>
      <TwinTable
        heads={['Outcome', 'Rule', 'Looks for', 'Horizon', ...(counted ? ['Yes', 'No'] : [])]}
        name={NAME}
        rows={labels.map((label) => ({
          key: `${label.rule} ${label.outcome} ${label.source}`,
          cells: [...cellsOf(label), ...(counted ? [label.yes, label.no].map(countText) : [])],
        }))}
        words
      />
    </details>
  );
}

const cellsOf = ({ outcome, rule, made, source, horizonHours }: Label): readonly string[] => [
  codeWords(outcome),
  rule,
  made ?? SOURCE_WORDS[source],
  horizonHours.length === 0 ? 'not stated' : `${horizonHours.join(' or ')} h`,
];

const SOURCE_WORDS: Readonly<Record<Label['source'], string>> = {
  'fhir-rule': 'a rule that the settings no longer name',
  table: 'a table of the hospital',
  review: 'a review',
};
