import { sameCode } from '#src/domain/coding.ts';
import type { SourcedDecision } from '#src/domain/tables/derive/sourced.ts';
import { codings } from '../datatypes.ts';
import { get, isObject, objects } from '../read.ts';
import { toChartDecision } from './chart-decision.ts';
import { readDecisionWords, readRecommendationWords } from './chart-words.ts';
import { exactTime } from './exact-time.ts';
import { refCell, sourceOf } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

/** Longest note that is looked at, in bytes of base64: a session is a page, not a book. */
const MAX_DATA = 400_000;

function decoded(data: unknown): string | undefined {
  if (typeof data !== 'string' || data.length > MAX_DATA || !/^[A-Za-z0-9+/=\s]*$/.test(data))
    return undefined;
  const compact = data.replace(/\s/g, '');
  if (compact.length % 4 !== 0 || !/^[^=]*={0,2}$/.test(compact)) return undefined;
  return new TextDecoder().decode(Uint8Array.from(atob(compact), (char) => char.charCodeAt(0)));
}

interface Entry {
  readonly decision: string;
  readonly comment: string | undefined;
  readonly given: string;
  readonly about: string;
}

const ENTRY = /^\d+\. /;
const RESPONSE = '   Response of the clinician: ';
const GIVEN = /^ {3}Given (\S+)\. AI recommendation (.+)$/;

/** The lines of `noteText` (`projections/note.fhir.ts`); an entry that somebody edited is left out. */
function entriesOf(note: string): readonly Entry[] {
  const lines = note.split(/\r\n?|\n/);
  const starts = lines.flatMap((line, index) => (ENTRY.test(line) ? [index] : []));
  return starts.flatMap((start, index) => {
    const part = lines.slice(start + 1, starts[index + 1]);
    const [response, ...more] = part;
    const at = more.findIndex((line) => GIVEN.test(line));
    const [, given, about] = GIVEN.exec(more[at] ?? '') ?? [];
    if (!response?.startsWith(RESPONSE) || given === undefined || about === undefined) return [];
    const decision = response.slice(RESPONSE.length);
    const comment = more.slice(0, at).join('\n').trim() || undefined;
    return [{ decision, comment, given, about }];
  });
}

/** Answers that a clinical note still tells; a superseded or retracted note tells none that counts. */
export function toNoteDecisions(
  resource: unknown,
  context: PreparedContext,
): readonly SourcedDecision[] {
  const source = sourceOf(resource, context);
  const type = context.note?.type;
  if (source === undefined || type === undefined || !isObject(resource)) return [];
  if (!codings(get(resource, 'type')).some((one) => sameCode(one, type))) return [];
  const clinician = refCell(objects(get(resource, 'author'))[0], context);
  if (clinician === null) return [];
  const [encounter] = objects(get(get(resource, 'context'), 'encounter'));
  const note = objects(get(resource, 'content'))
    .map((one) => decoded(get(get(one, 'attachment'), 'data')))
    .find((one) => one !== undefined);
  return entriesOf(note ?? '').flatMap((entry) => {
    const decision = readDecisionWords(entry.decision);
    const about = readRecommendationWords(entry.about);
    if (decision === undefined || about === undefined) return [];
    return [
      toChartDecision({
        source,
        sink: 'document-note',
        patient: refCell(get(resource, 'subject'), context),
        encounter: refCell(encounter, context),
        clinician,
        decided: exactTime(entry.given),
        decision,
        about,
        comment: entry.comment,
        status: get(resource, 'status') === 'current' ? 'final' : 'entered-in-error',
      }),
    ];
  });
}
