import type { DocumentReference } from 'fhir/r4';
import type { Answer } from '#src/domain/feedback.ts';
import type { NoteMapping } from '#src/domain/site-config.ts';
import { UnwritableFeedbackError } from '../feedback/writable.ts';
import { decisionWords, freeWords, reasonWords, recommendationWords } from './words.ts';

/**
 * One plain-text clinical note for the answers of a session, in the order in which they were given.
 * The author is who gave them: Oracle Health takes no other (B7), and R4 no Person. `answers` are of
 * one clinician about one patient. Throws `UnwritableFeedbackError` where the launch named no encounter.
 */
export function toNote(
  answers: readonly [Answer, ...Answer[]],
  mapping: NoteMapping,
): DocumentReference {
  const inOrder = answers.toSorted((a, b) => Date.parse(a.answeredAt) - Date.parse(b.answeredAt));
  const [first = answers[0]] = inOrder;
  const last = inOrder.at(-1) ?? first;
  const encounter = inOrder.find((answer) => answer.encounter !== undefined)?.encounter;
  if (encounter === undefined)
    throw new UnwritableFeedbackError([
      {
        code: 'missing',
        path: 'DocumentReference.context.encounter',
        message: 'A clinical note needs an encounter, and this launch names none.',
      },
    ]);
  return {
    resourceType: 'DocumentReference',
    status: 'current',
    docStatus: 'final',
    type: { coding: [{ ...mapping.type }] },
    subject: { reference: first.patient },
    date: last.answeredAt,
    author: [{ reference: first.performer.reference }],
    description: 'Clinician response to AI recommendations',
    content: [
      {
        attachment: {
          contentType: 'text/plain;charset=utf-8',
          data: base64(noteText(inOrder)),
          title: 'Clinician response to AI recommendations',
          creation: last.answeredAt,
        },
      },
    ],
    context: {
      encounter: [{ reference: encounter }],
      period: { start: first.answeredAt, end: last.answeredAt },
    },
  };
}

const TITLE_MAX = 300;

/** Lines, not prose: a reader of the chart has seconds too. */
export function noteText(answers: readonly Answer[]): string {
  const entries = answers.map((answer, i) => {
    const title = answer.context.shownTitle ?? 'AI recommendation';
    const reason = reasonWords(answer);
    const words = freeWords(answer);
    return [
      `${i + 1}. ${title.slice(0, TITLE_MAX)}`,
      `   Response of the clinician: ${decisionWords(answer)}${reason ? `. Reason: ${reason}` : ''}`,
      ...(words ? [`   ${oneLine(words)}`] : []),
      `   Given ${answer.answeredAt}. AI recommendation ${recommendationWords(answer)}`,
    ].join('\n');
  });
  return [
    'Responses to AI recommendations',
    'The recommendations were made by AI; the responses are the clinician’s. Nothing was ordered by this note.',
    '',
    ...entries,
    '',
  ].join('\n');
}

const oneLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text.toWellFormed());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
