import type { FlowsheetMapping } from '#src/domain/site-config.ts';
import { lastVersions } from '#src/domain/tables/derive/one-of-copies.ts';
import type { Sourced, SourcedDecision } from '#src/domain/tables/derive/sourced.ts';
import { codeIn } from '../feedback/concept.fhir.ts';
import { get, isObject, objects, text } from '../read.ts';
import { toChartDecision } from './chart-decision.ts';
import { readDecisionWords, readRecommendationWords } from './chart-words.ts';
import { type ExactTime, exactTime } from './exact-time.ts';
import { refCell, sourceOf } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

type Concept = 'decision' | 'recommendation' | 'reason' | 'comment';

/** One row of the flowsheet: one concept of an answer (B7, Epic). */
export interface FlowsheetCell {
  readonly concept: Concept;
  readonly words: string;
  readonly note: string | undefined;
  readonly patient: string | null;
  readonly encounter: string | null;
  readonly clinician: string | null;
  readonly time: ExactTime;
  readonly status: 'final' | 'entered-in-error';
}

const CONCEPTS: readonly Concept[] = ['decision', 'recommendation', 'reason', 'comment'];

const conceptOf = (resource: unknown, mapping: FlowsheetMapping): Concept | undefined => {
  const code = codeIn(get(resource, 'code'), mapping.system);
  return code === undefined ? undefined : CONCEPTS.find((one) => mapping[one] === code);
};

/** One Observation of the site's own rows; nothing where it is another, or holds no words. */
export function toFlowsheetCells(
  resource: unknown,
  context: PreparedContext,
): readonly Sourced<FlowsheetCell>[] {
  const source = sourceOf(resource, context);
  const concept = context.flowsheet && conceptOf(resource, context.flowsheet);
  const words = text(get(resource, 'valueString'));
  if (source === undefined || concept === undefined || words === undefined) return [];
  if (!isObject(resource)) return [];
  const row: FlowsheetCell = {
    concept,
    words,
    note: text(get(objects(get(resource, 'note'))[0], 'text')),
    patient: refCell(get(resource, 'subject'), context),
    encounter: refCell(get(resource, 'encounter'), context),
    clinician: refCell(objects(get(resource, 'performer'))[0], context),
    time: exactTime(get(resource, 'effectiveDateTime')),
    status: get(resource, 'status') === 'entered-in-error' ? 'entered-in-error' : 'final',
  };
  return [{ ...source, row }];
}

type Cells = readonly Sourced<FlowsheetCell>[];

/** Rows of one answer have nothing in common but who, whom and the instant. */
const together = ({ row }: Sourced<FlowsheetCell>): string =>
  JSON.stringify([row.patient, row.encounter, row.clinician, row.time.at]);

const wordsOf = (cells: Cells, concept: Concept): string | undefined =>
  cells
    .filter(({ row }) => row.concept === concept && row.status === 'final')
    .toSorted((a, b) => (a.place < b.place ? -1 : 1))[0]?.row.words;

function toDecision(decision: Sourced<FlowsheetCell>, cells: Cells): readonly SourcedDecision[] {
  const { row, ...source } = decision;
  const said = readDecisionWords(row.words);
  const about = readRecommendationWords(wordsOf(cells, 'recommendation') ?? '');
  if (said === undefined || about === undefined || row.clinician === null) return [];
  return [
    toChartDecision({
      source,
      sink: 'epic-flowsheet',
      patient: row.patient,
      encounter: row.encounter,
      clinician: row.clinician,
      decided: row.time,
      decision: said,
      about,
      reason: wordsOf(cells, 'reason'),
      comment: wordsOf(cells, 'comment') ?? row.note,
      status: row.status,
    }),
  ];
}

/**
 * Answers that a flowsheet still tells. A decision without the row that names its recommendation is
 * none: nobody could say what was answered. Two answers in one instant share that row and are dropped
 * too, since the chart does not tell which was about which.
 */
export function toFlowsheetDecisions(cells: Cells): readonly SourcedDecision[] {
  return [...Map.groupBy(lastVersions(cells), together).values()].flatMap((group) => {
    const named = new Set(
      group.filter(({ row }) => row.concept === 'recommendation').map(({ row }) => row.words),
    );
    if (named.size !== 1) return [];
    return group
      .filter(({ row }) => row.concept === 'decision')
      .flatMap((decision) => toDecision(decision, group));
  });
}
