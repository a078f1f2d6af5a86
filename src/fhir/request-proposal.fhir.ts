import { readBasis, unwrapConcept, unwrapReference } from './basis.ts';
import { medication } from './clinical-text.ts';
import { annotations, codings, conceptText, firstOf, quantity } from './datatypes.ts';
import { firstDate } from './date-time.ts';
import { confidence } from './numbers.ts';
import { priorityOf } from './priority.ts';
import { get, isObject, type Json, line, list, objects, problem, text, token } from './read.ts';
import type { CarrierContent, CarrierInput } from './read-context.ts';
import { literal, parseReference } from './reference.ts';
import { readStatus } from './status.ts';

// What a proposal may be an action of; the rest of its supporting information is evidence.
const RECOMMENDATIONS = ['RiskAssessment', 'GuidanceResponse', 'DetectedIssue'];

/** `intent` is what separates a suggestion from an order that somebody placed. */
export const isProposal = (resource: Json): boolean => get(resource, 'intent') === 'proposal';

/** R4 ServiceRequest with `intent=proposal`; `supportingInfo` may cite the recommendation it acts on. */
export function readServiceRequestProposal(input: CarrierInput): CarrierContent {
  const { resource } = input;
  const code = unwrapConcept(get(resource, 'code'));
  const parts = [
    ...objects(get(resource, 'orderDetail')).map((one) => conceptText(one)),
    amount(get(resource, 'quantityQuantity')),
    line(get(resource, 'patientInstruction')),
  ];
  const said = get(resource, 'code');
  if (isObject(get(said, 'concept'))) later(input, 'code');
  return proposal(input, code, parts, get(resource, 'supportingInfo'));
}

/** R4 MedicationRequest with `intent=proposal`; the citation is in `supportingInformation`. */
export function readMedicationRequestProposal(input: CarrierInput): CarrierContent {
  const { resource, pool, ref, problems } = input;
  if (get(resource, 'medication') !== undefined) later(input, 'medication');
  const drug = medication(resource, pool, ref.server);
  if (drug === undefined) {
    problems.push(
      problem(
        'unresolved-reference',
        'Which medication is proposed could not be read.',
        'medication',
      ),
    );
  }
  const doses = objects(get(resource, 'dosageInstruction')).map(dose);
  return proposal(input, drug, doses, get(resource, 'supportingInformation'));
}

function later({ problems }: CarrierInput, where: string): void {
  problems.push(
    problem('unsupported', 'Part of this was sent in the shape of a later FHIR version.', where),
  );
}

function proposal(
  input: CarrierInput,
  code: unknown,
  parts: readonly (string | undefined)[],
  supporting: unknown,
): CarrierContent {
  const { resource, ref, problems } = input;
  const type = ref.type;
  const support = list(supporting).map(unwrapReference);
  const cites = support.filter((one) => citesRecommendation(one, input));
  const reason = firstOf(
    [...list(get(resource, 'reasonCode')), ...list(get(resource, 'reason')).map(unwrapConcept)],
    (one) => conceptText(one),
  );
  const because = reason === undefined ? undefined : `Reason: ${reason}`;
  const named = conceptText(code);
  return {
    status: readStatus(get(resource, 'status'), 'request', problems),
    title: named === undefined ? undefined : `${negation(resource)}${named}`,
    detail: text(
      [...parts, because, annotations(get(resource, 'note'))].filter(Boolean).join('\n'),
    ),
    kindCodings: [...codings(code), ...codings(get(resource, 'category'))],
    predictions: [],
    confidence: confidence([resource, code], problems),
    priority: priorityOf(get(resource, 'priority'), 'request', `${type}.priority`, problems),
    producedAt: firstDate([[get(resource, 'authoredOn'), 'authoredOn']], problems),
    basis: readBasis(
      [get(resource, 'reasonReference'), support.filter((one) => !cites.includes(one))],
      ref,
      problems,
      'supportingInfo',
    ),
    replaces: ['replaces', 'basedOn', 'priorPrescription'].flatMap((key) =>
      list(get(resource, key)),
    ),
    cites,
  };
}

// A proposal not to do something reads as its opposite if this word is lost.
const negation = (resource: Json): string =>
  get(resource, 'doNotPerform') === true ? 'Do NOT do: ' : '';

function citesRecommendation(element: unknown, { ref }: CarrierInput): boolean {
  const type =
    parseReference(literal(element, ref), ref.server)?.ref.type ?? token(get(element, 'type'), 64);
  return type !== undefined && RECOMMENDATIONS.includes(type);
}

function amount(value: unknown): string | undefined {
  const read = quantity(value);
  return read === undefined ? undefined : `${read.value} ${read.unit ?? ''}`.trim();
}

/** Dosage in the producer's text, else dose, route and nothing guessed about timing. */
function dose(one: Json): string | undefined {
  const said = line(get(one, 'text'));
  if (said !== undefined) return said;
  const each = objects(get(one, 'doseAndRate')).map((rate) => amount(get(rate, 'doseQuantity')));
  const parts = [
    firstOf(each, (value) => value),
    conceptText(get(one, 'route')),
    conceptText(get(get(one, 'timing'), 'code')),
  ];
  return line(parts.filter(Boolean).join(', '));
}
