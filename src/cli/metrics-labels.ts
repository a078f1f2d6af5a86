import type { Label } from '#src/domain/metrics/label.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import type { OutcomeRule } from '#src/fhir/tables/outcome-rule.ts';

/** Each rule that made an outcome of these tables, in order. */
export function labelsOf(
  { outcomes = [], scores = [] }: Tables,
  rules: readonly OutcomeRule[],
): readonly Label[] {
  const valid = outcomes.filter(({ status }) => status === 'final');
  const groups = Map.groupBy(valid, ({ rule, kind, outcome_code, label_source }) =>
    JSON.stringify([kind, rule, outcome_code, label_source]),
  );
  const horizons = Map.groupBy(scores, ({ outcome_code }) => outcome_code);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, rows]) => {
      const [first] = rows;
      if (!first) return [];
      const { rule, kind, outcome_code: outcome, label_source: source } = first;
      const hours = new Set(
        (horizons.get(outcome) ?? []).flatMap(({ horizon_h }) => horizon_h ?? []),
      );
      const found = rules.find(({ id }) => id === rule);
      return {
        rule,
        kind,
        outcome,
        source,
        yes: rows.filter(({ label }) => label === true).length,
        no: rows.filter(({ label }) => label === false).length,
        horizonHours: [...hours].toSorted((a, b) => a - b),
        ...(found && { made: ruleText(found) }),
      };
    });
}

function ruleText({ type, codes, atLeast, atMost, unit }: OutcomeRule): string {
  const limits = [
    atLeast === undefined ? '' : `at least ${atLeast}`,
    atMost === undefined ? '' : `at most ${atMost}`,
  ].filter((part) => part !== '');
  const named = codes
    .map(({ code, display }) => (display ? `${code} ${display}` : code))
    .join(', ');
  return [type, named, [limits.join(' and '), unit ?? ''].join(' ').trim()]
    .filter((part) => part !== '')
    .join(' ');
}

/** “label sepsis by rule sepsis-dx (Condition 91302008): 12 yes, 30 no; horizon 12 h”. */
export function labelText({
  kind,
  outcome,
  rule,
  made,
  yes,
  no,
  horizonHours,
  source,
}: Label): string {
  const by = made ? `rule ${rule} (${made})` : `rule ${rule} (${source})`;
  const count = kind === 'action' ? `${yes} done` : `${yes} yes, ${no} no`;
  const within = horizonHours.length > 0 ? `; horizon ${horizonHours.join(' or ')} h` : '';
  return `${kind} ${outcome}, by ${by}: ${count}${within}`;
}
