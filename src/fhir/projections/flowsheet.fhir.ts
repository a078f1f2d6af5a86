import type { Observation } from 'fhir/r4';
import type { Answer } from '#src/domain/feedback.ts';
import type { FlowsheetMapping } from '#src/domain/site-config.ts';
import { SYSTEM } from '../codes.ts';
import { UnwritableFeedbackError } from '../feedback/writable.ts';
import { defined } from '../read.ts';
import { decisionWords, freeWords, reasonWords, recommendationWords } from './words.ts';

/** Flowsheet notes, and the text of a row, hold 254 characters (B7). */
export const FLOWSHEET_TEXT_MAX = 254;

export interface FlowsheetRow {
  /** "decision"; in words for the list of what was lost. */
  readonly name: string;
  readonly resource: Observation;
  /** The text had to be cut; the whole of it is in the hospital store. */
  readonly shortened: boolean;
}

/**
 * The rows of one answer, one concept in each, the decision first: a row that the site did not build
 * is left out, but for the comment, which then is the note of the decision. Epic needs an open
 * encounter, and takes status `final` and one coding. Throws `UnwritableFeedbackError` without one.
 */
export function toFlowsheetRows(
  answer: Answer,
  mapping: FlowsheetMapping,
): readonly [FlowsheetRow, ...FlowsheetRow[]] {
  if (answer.encounter === undefined)
    throw new UnwritableFeedbackError([
      {
        code: 'missing',
        path: 'Observation.encounter',
        message: 'A flowsheet row needs an open encounter, and this launch names none.',
      },
    ]);
  const words = freeWords(answer);
  const reason = reasonWords(answer);
  // A site without a row for it still learns why.
  const decision =
    mapping.reason === undefined && reason !== ''
      ? `${decisionWords(answer)}: ${reason}`
      : decisionWords(answer);
  const note = mapping.comment === undefined && words !== '' ? cut(words) : undefined;
  const row = (name: string, code: string, text: string): FlowsheetRow => ({
    name,
    resource: toRow(answer, { system: mapping.system, code }, cut(text), undefined),
    shortened: text.length > FLOWSHEET_TEXT_MAX,
  });
  const first: FlowsheetRow = {
    name: 'decision',
    resource: toRow(
      answer,
      { system: mapping.system, code: mapping.decision },
      cut(decision),
      note,
    ),
    shortened: decision.length > FLOWSHEET_TEXT_MAX || (note?.length ?? 0) < words.length,
  };
  const { recommendation, reason: reasonRow, comment } = mapping;
  return [
    mapping.comment === undefined ? first : { ...first, shortened: false },
    row('recommendation', recommendation, recommendationWords(answer)),
    ...(reasonRow !== undefined && reason !== '' ? [row('reason', reasonRow, reason)] : []),
    ...(comment !== undefined && words !== '' ? [row('comment', comment, words)] : []),
  ];
}

const cut = (text: string): string =>
  text.length <= FLOWSHEET_TEXT_MAX
    ? text
    : `${text.slice(0, FLOWSHEET_TEXT_MAX - 1).replace(/[\ud800-\udbff]$/, '')}…`;

function toRow(
  answer: Answer,
  code: { readonly system: string; readonly code: string },
  text: string,
  note: string | undefined,
): Observation {
  return defined<Observation>({
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: SYSTEM.observationCategory, code: 'vital-signs' }] }],
    code: { coding: [code] },
    subject: { reference: answer.patient },
    encounter: answer.encounter === undefined ? undefined : { reference: answer.encounter },
    effectiveDateTime: answer.answeredAt,
    performer: [{ reference: answer.performer.reference }],
    valueString: text,
    note: note === undefined ? undefined : [{ text: note }],
  });
}

/** Epic's word for a row that already holds a reading of this instant: of ours, after a doubt (B7). */
export const READING_EXISTS = '59189';
