import type { Annotation, Extension, Observation, Reference } from 'fhir/r4';
import type { Answer, Performer } from '#src/domain/feedback.ts';
import { EXTENSION, ITEM, LABEL, PROFILE, SYSTEM } from '../codes.ts';
import { RESPONSE_DISPLAY } from '../feedback-terms.ts';
import { defined } from '../read.ts';
import { toComponents } from './components.fhir.ts';
import { toConcept } from './concept.fhir.ts';
import { securityLabel, type TargetStore, toBase } from './observation-base.ts';
import { ACTION_NOTE } from './read-response.ts';
import { referenceOn } from './reference.fhir.ts';
import { answerProblems, UnwritableFeedbackError } from './writable.ts';

export interface ResponseOptions extends TargetStore {
  /** Adds v3-ActCode NOPAT, for portals that honour it. */
  readonly hideFromPatient: boolean;
  /** False: an EHR chart, which gets the response and its reason and nothing else. */
  readonly hospitalStore: boolean;
}

/** What FHIR forbids in a string, and what a paste may bring along. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

const freeText = (value: string | undefined): string =>
  (value ?? '').replace(CONTROL, '').toWellFormed().trim();

/** R4 lets no PractitionerRole author a note; its name may stand as text. */
function toAuthor(performer: Performer, here: (reference: string) => string) {
  const reference = here(performer.reference);
  if (/(^|\/)Practitioner\/[^/]+$/.test(reference)) return { authorReference: { reference } };
  return performer.display ? { authorString: performer.display } : {};
}

/** All free text: the comment, then the action taken in the clinician's own words. */
function toNotes(answer: Answer, here: (reference: string) => string): Annotation[] | undefined {
  const comment = freeText(answer.comment);
  const action = freeText(answer.actionTaken?.text);
  const texts = [comment, action === '' ? '' : `${ACTION_NOTE}${action}`].filter((text) => text);
  if (texts.length === 0) return undefined;
  const author = toAuthor(answer.performer, here);
  return texts.map((text) => ({ ...author, time: answer.answeredAt, text }));
}

function toExtensions(
  answer: Answer,
  here: (reference: string) => string,
): Extension[] | undefined {
  const { location, replaces, actionTaken } = answer;
  const found: Extension[] = [];
  if (location !== undefined) {
    found.push({ url: EXTENSION.eventLocation, valueReference: { reference: here(location) } });
  }
  if (replaces) {
    found.push({
      url: EXTENSION.observationReplaces,
      valueReference: defined<Reference>({
        reference: replaces.reference,
        type: 'Observation',
        identifier: { system: SYSTEM.uri, value: replaces.id },
      }),
    });
  }
  if (actionTaken?.reference !== undefined) {
    const reference = here(actionTaken.reference);
    found.push({ url: EXTENSION.supportingInfo, valueReference: { reference } });
  }
  return found.length === 0 ? undefined : found;
}

/**
 * The answer as an Observation to create. Throws `UnwritableFeedbackError` when R4 or the contract forbids
 * it; ask `answerProblems` first to say so before the clinician answers.
 */
export function toObservation(answer: Answer, options: ResponseOptions): Observation {
  const problems = answerProblems(answer);
  if (problems.length > 0) throw new UnwritableFeedbackError(problems);
  const target = options.server ?? answer.issuer;
  const here = (reference: string) => referenceOn(target, answer.issuer, reference);
  const { resourceType, ...base } = toBase(answer, ITEM.response, options);
  const components = toComponents(answer, options.hospitalStore);
  const display = RESPONSE_DISPLAY[answer.response];
  const hidden = options.hideFromPatient ? [{ system: SYSTEM.actCode, code: 'NOPAT' }] : [];
  return defined<Observation>({
    resourceType,
    meta: {
      profile: [PROFILE.recommendationResponse],
      security: [securityLabel(LABEL.clinician), ...hidden],
    },
    extension: toExtensions(answer, here),
    ...base,
    effectiveDateTime: answer.answeredAt,
    valueCodeableConcept: toConcept({ system: SYSTEM.response, code: answer.response, display }),
    note: toNotes(answer, here),
    component: components.length === 0 ? undefined : components,
  });
}
