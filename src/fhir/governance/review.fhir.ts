import type { Observation, ObservationComponent, Task } from 'fhir/r4';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import type { DrawnCase } from '#src/domain/governance/feedback/sampling.ts';
import {
  type GivenReview,
  JUDGEMENTS,
  type JudgementCode,
  SECOND_FINDINGS,
  type SecondFinding,
  type SecondReading,
} from '#src/domain/governance/feedback/second-reader.ts';
import { FEEDBACK_CATEGORY, SYSTEM } from '../codes.ts';
import { hasCode, identifier } from '../datatypes.ts';
import { dateTime } from '../date-time.ts';
import { codeIn } from '../feedback/concept.fhir.ts';
import { boolean, defined, get, objects, token } from '../read.ts';
import { literal, plainReference, refOf } from '../reference.ts';
import type { FhirSearch } from '../search.ts';
import { GOVERNANCE_COMPONENT, GOVERNANCE_ITEM } from '../tables/governance-codes.ts';
import { FINDING_DISPLAY, JUDGEMENT_DISPLAY, REVIEW_DISPLAY } from './loop-terms.ts';
import { readTask, taskCode, taskIdentifier } from './task.fhir.ts';

const { review } = GOVERNANCE_ITEM;
const COMPONENT = GOVERNANCE_COMPONENT;

const item = (code: string, display: string) => ({
  coding: [{ system: SYSTEM.feedbackItem, code, display }],
});

export const reviewSearch: FhirSearch = {
  type: 'Observation',
  params: [
    ['code', `${SYSTEM.feedbackItem}|${review}`],
    ['_count', '200'],
  ],
};

export interface ReviewDraft {
  /** `urn:uuid:`, the same for one reviewer of one answer. */
  readonly id: string;
  readonly drawn: DrawnCase;
  readonly about: StoredAnswer;
  readonly judgement: JudgementCode;
  /** Undefined: the reviewer did not look, and judged blind. */
  readonly harm: boolean | undefined;
  readonly words: string;
  readonly by: string;
  /** ISO 8601 with offset. */
  readonly at: string;
}

const answered = ({ ref, answer }: StoredAnswer, server: string) => ({
  reference: plainReference(ref, server),
  type: 'Observation',
  identifier: { system: SYSTEM.uri, value: answer.id },
});

export function toReview(draft: ReviewDraft, server: string): Observation {
  const { id, drawn, about, judgement, harm, words, by, at } = draft;
  const component = (
    code: keyof typeof REVIEW_DISPLAY & string,
    value: Omit<ObservationComponent, 'code'>,
  ): ObservationComponent => ({ code: item(code, REVIEW_DISPLAY[code]), ...value });
  return {
    resourceType: 'Observation',
    identifier: [{ system: SYSTEM.uri, value: id }],
    status: 'final',
    category: [{ coding: [{ system: SYSTEM.feedbackCategory, code: FEEDBACK_CATEGORY }] }],
    code: item(review, REVIEW_DISPLAY[review]),
    subject: { reference: about.answer.patient },
    focus: [answered(about, server)],
    effectiveDateTime: at,
    performer: [{ reference: by }],
    valueCodeableConcept: item(judgement, JUDGEMENT_DISPLAY[judgement]),
    ...(words !== '' && { note: [{ text: words }] }),
    component: [
      component(COMPONENT.stratum, { valueString: drawn.stratum }),
      component(COMPONENT.fraction, {
        valueQuantity: { value: drawn.fraction, system: SYSTEM.ucum, code: '1' },
      }),
      component(COMPONENT.blinded, { valueBoolean: harm === undefined }),
      ...(harm === undefined ? [] : [component(COMPONENT.harm, { valueBoolean: harm })]),
    ],
  };
}

/** Undefined for what is no review, or says not of which answer by whom. */
export function readReview(resource: unknown, server: string): GivenReview | undefined {
  const ref = refOf(resource, server);
  if (ref?.type !== 'Observation' || get(resource, 'status') !== 'final') return undefined;
  if (!hasCode(get(resource, 'code'), SYSTEM.feedbackItem, review)) return undefined;
  const [focus] = objects(get(resource, 'focus'));
  const answer = token(identifier(get(focus, 'identifier'))?.value, 200);
  const [performer] = objects(get(resource, 'performer'));
  const by = literal(performer, ref);
  const said = codeIn(get(resource, 'valueCodeableConcept'), SYSTEM.feedbackItem);
  const judgement = JUDGEMENTS.find((one) => one === said);
  if (answer === undefined || by === undefined || judgement === undefined) return undefined;
  const harm = objects(get(resource, 'component')).find((one) =>
    hasCode(get(one, 'code'), SYSTEM.feedbackItem, COMPONENT.harm),
  );
  return defined<GivenReview>({
    answer,
    by,
    judgement,
    harm: boolean(get(harm, 'valueBoolean')),
    at: dateTime(get(resource, 'effectiveDateTime')),
  });
}

export interface SecondReadingDraft {
  /** `urn:uuid:` */
  readonly id: string;
  readonly about: StoredAnswer;
  readonly finding: SecondFinding;
  readonly words: string;
  readonly by: string;
  /** ISO 8601 with offset. */
  readonly at: string;
}

/** What a second clinician found: requester is who called it unsafe, owner who looked. */
export const toSecondReading = (
  { id, about, finding, words, by, at }: SecondReadingDraft,
  server: string,
): Task => ({
  resourceType: 'Task',
  identifier: taskIdentifier(id),
  status: 'completed',
  businessStatus: item(finding, FINDING_DISPLAY[finding]),
  intent: 'order',
  code: taskCode('review'),
  focus: answered(about, server),
  for: { reference: about.answer.patient },
  authoredOn: at,
  lastModified: at,
  requester: { reference: about.answer.performer.reference },
  owner: { reference: by },
  note: [{ authorReference: { reference: by }, time: at, text: words }],
});

export function readSecondReading(resource: unknown, server: string): SecondReading | undefined {
  const task = readTask(resource, 'review', server);
  const said = codeIn(get(resource, 'businessStatus'), SYSTEM.feedbackItem);
  const finding = SECOND_FINDINGS.find((one) => one === said);
  const answer = token(identifier(get(get(resource, 'focus'), 'identifier'))?.value, 200);
  if (task?.status !== 'completed' || finding === undefined || answer === undefined)
    return undefined;
  return defined<SecondReading>({
    answer,
    finding,
    by: task.owner,
    words: task.notes.at(-1) ?? '',
    at: task.authoredOn,
  });
}
