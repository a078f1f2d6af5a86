import { defineTable } from '#src/domain/tables/column.ts';

const SOURCE = 'decisions, with `recommendations` for the name of the advice';
const said = (description: string, term: string) =>
  ({ type: 'string', nullable: true, description, source: SOURCE, term, privacy: 'none' }) as const;

/** The shape that 45 CFR 170.315(b)(11)(ii)(C) lists for feedback on decision support, and CHAI with it. */
export const FEEDBACK_VIEW = defineTable({
  name: 'feedback_view',
  grain: 'one answer that is not taken back',
  description:
    'An interchange shape and no claim of conformance: the rule binds evidence-based decision support, and prediction models give the same by choice.',
  key: ['feedback_id'],
  columns: {
    feedback_id: {
      type: 'string',
      description: 'The answer, as `decisions.decision_id`.',
      source: SOURCE,
      privacy: 'none',
    },
    intervention: said('What was recommended, and by which model.', 'b(11) intervention'),
    action_taken: said('The answer.', 'b(11) action taken'),
    user_feedback: said('The reason, and the comment where it may go.', 'b(11) user feedback'),
    user: said('Who answered, and in which role.', 'b(11) user'),
    date: said('When: the instant with its offset, else the year.', 'b(11) date'),
    location: said('Where: the unit, else the site.', 'b(11) location'),
  },
});

type Row = Readonly<Record<string, unknown>>;

const joined = (...parts: readonly unknown[]): string | null =>
  parts.filter((one) => one !== null && one !== undefined && one !== '').join('; ') || null;

/** Rows of the view, from rows of the package: what was taken from those is not here either. */
export function feedbackView(instant: (at: number, offsetMinutes: number) => string) {
  const advice = new Map<string, string | null>();
  const keyOf = (row: Row): string =>
    JSON.stringify([row.recommendation_id, row.recommendation_version]);
  const dateOf = ({ decided_at, decided_offset_min, zero_year }: Row): string | null => {
    if (typeof decided_at === 'number')
      return instant(decided_at, typeof decided_offset_min === 'number' ? decided_offset_min : 0);
    return typeof zero_year === 'number' ? String(zero_year) : null;
  };
  return {
    /** Of `recommendations`, all before the first answer. */
    seeAdvice(row: Row): void {
      advice.set(keyOf(row), joined(row.title ?? row.kind));
    },
    rowOf(row: Row): Row | undefined {
      if (row.status !== 'final') return undefined;
      return {
        feedback_id: row.decision_id,
        intervention: joined(advice.get(keyOf(row)), row.model_id, row.model_version),
        action_taken: row.response,
        user_feedback: joined(row.reason_display ?? row.reason_code, row.comment),
        user: joined(row.clinician_id, row.clinician_role),
        date: dateOf(row),
        location: joined(row.unit ?? row.site),
      };
    },
  };
}
