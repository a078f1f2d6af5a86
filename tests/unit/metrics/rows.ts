import { collect } from '#src/domain/metrics/counts.ts';
import type { Presentation } from '#src/domain/metrics/facts/presentation.ts';
import type { Figure } from '#src/domain/metrics/figure.ts';
import type { Metric } from '#src/domain/metrics/metric.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import { OUTCOMES, type OutcomeRow } from '#src/domain/tables/outcomes.ts';
import { RESPONSE_UNITS } from '#src/domain/tables/response-units.ts';
import { SCORES, type ScoreRow } from '#src/domain/tables/scores.ts';

export const HOUR = 3_600_000;

/** A row in which nothing is special, and what is. */
export const presentation = (own: Partial<Presentation> = {}): Presentation => ({
  ...makeRow(RESPONSE_UNITS, {
    recommendation_id: 'r1',
    recommendation_version: '1',
    clinician_id: 'c1',
    displays: 1,
    implied: false,
    was_deferred: false,
    conflict: false,
  }),
  week: '2026-01-05',
  exposures_to_date: 0,
  late_adherence_24h: null,
  attested_done: null,
  ...own,
});

/** So many rows; what is special may depend on the place. */
export const presentations = (
  count: number,
  own: (i: number) => Partial<Presentation>,
): readonly Presentation[] =>
  Array.from({ length: count }, (_, i) => presentation({ recommendation_id: `r${i}`, ...own(i) }));

export const score = (own: Partial<ScoreRow> = {}): ScoreRow => ({
  ...makeRow(SCORES, {
    score_id: 's1',
    score_version: '1',
    prediction: 0,
    encounter_id: 'e1',
    outcome_code: 'sepsis',
    score: 0.7,
    score_scale: 'probability',
    threshold: 0.5,
    fired: true,
    scored_at: 0,
    horizon_h: 24,
    status: 'final',
  }),
  ...own,
});

export const label = (own: Partial<OutcomeRow> = {}): OutcomeRow => ({
  ...makeRow(OUTCOMES, {
    outcome_id: 'o1',
    rule: 'rule',
    kind: 'label',
    encounter_id: 'e1',
    outcome_code: 'sepsis',
    label: true,
    happened_at: 2 * HOUR,
    label_source: 'table',
    censored: false,
    status: 'final',
  }),
  ...own,
});

/** Figures of a metric over these rows, by name. */
export function figuresOf<Row>(metric: Metric<Row>, rows: Iterable<Row>): (name: string) => Figure {
  const figures = metric.figures(collect(metric, rows));
  return (name) => {
    const found = figures.find((each) => each.name === name);
    if (!found) throw new Error(`no figure "${name}" among ${figures.map((each) => each.name)}`);
    return found;
  };
}

/** Numerator and denominator. */
export const fraction = ({ numerator, denominator }: Figure) => [numerator, denominator];
