import type { ElementDefinition, StructureDefinition } from 'fhir/r4';
import { COMPONENT, EXTENSION, FEEDBACK_CATEGORY, ITEM, LABEL, PROFILE, SYSTEM } from '../codes.ts';
import { COMPONENT_DISPLAY, type ComponentCode } from '../feedback-terms.ts';
import {
  type ComponentRule,
  element,
  inUnit,
  invariant,
  profile,
  reference,
  components as slices,
} from './profile-parts.ts';
import { undeliveredReport } from './undelivered-profile.ts';
import { VALUE_SET } from './value-sets.ts';

/** What both profiles demand beyond cardinalities; profiles alone cannot say it. */
const invariants = (source: string, label: string) => [
  invariant(
    'cf-status',
    'Feedback is final, or entered in error.',
    "status = 'final' or status = 'entered-in-error'",
    source,
  ),
  invariant(
    'cf-label',
    `The resource is labelled ${label} and never AIAST.`,
    `meta.security.where(system = '${SYSTEM.observationValue}' and code = '${label}').exists() and meta.security.where(code = '${LABEL.ai}').empty()`,
    source,
  ),
  invariant(
    'cf-identifier',
    'The identifier is a urn:uuid.',
    `identifier.all(system = '${SYSTEM.uri}' and value.startsWith('urn:uuid:'))`,
    source,
  ),
  invariant(
    'cf-focus',
    'The recommendation is referenced without a version.',
    "focus.all(reference.exists() and reference.contains('/_history/').not())",
    source,
  ),
  invariant(
    'cf-performer',
    'A Practitioner or PractitionerRole gave the feedback.',
    "performer.all(reference.matches('^(.*/)?(Practitioner|PractitionerRole)/[^/]+$'))",
    source,
  ),
  invariant(
    'cf-time',
    'The time has an offset.',
    "effective.toString().matches('T.*(Z|[+-][0-9]{2}:[0-9]{2})$')",
    source,
  ),
];

const common = (source: string, label: string, item: string): readonly ElementDefinition[] => [
  element('Observation', { constraint: invariants(source, label) }),
  element('Observation.meta', { min: 1 }),
  element('Observation.identifier', { min: 1, max: '1' }),
  element('Observation.category', {
    min: 1,
    slicing: { discriminator: [{ type: 'pattern', path: '$this' }], rules: 'open' },
  }),
  element('Observation.category:feedback', {
    sliceName: 'feedback',
    min: 1,
    max: '1',
    patternCodeableConcept: {
      coding: [{ system: SYSTEM.feedbackCategory, code: FEEDBACK_CATEGORY }],
    },
  }),
  element('Observation.code', {
    patternCodeableConcept: { coding: [{ system: SYSTEM.feedbackItem, code: item }] },
  }),
  element('Observation.subject', { min: 1, type: reference('Patient') }),
  element('Observation.focus', {
    min: 1,
    max: '1',
    short: 'The recommendation, unversioned, with its identifier',
  }),
  element('Observation.effective[x]', { min: 1, type: [{ code: 'dateTime' }] }),
  element('Observation.performer', {
    min: 1,
    max: '1',
    type: reference('Practitioner', 'PractitionerRole'),
  }),
  element('Observation.device', {
    max: '0',
    short: 'Never the AI: recall searches would return feedback as its output',
  }),
];

const COMPONENT_RULES: Readonly<Record<ComponentCode, ComponentRule>> = {
  'recommendation-version': { type: 'string' },
  'override-reason': {
    type: 'CodeableConcept',
    max: '*',
    binding: { strength: 'extensible', valueSet: VALUE_SET.overrideReason },
  },
  'action-taken': { type: 'CodeableConcept' },
  'deferred-until': { type: 'dateTime' },
  model: { type: 'string' },
  'model-version': { type: 'string' },
  'model-state': {
    type: 'CodeableConcept',
    binding: { strength: 'required', valueSet: VALUE_SET.modelState },
  },
  'shown-probability': inUnit('1'),
  'shown-risk-band': { type: 'CodeableConcept' },
  'displayed-at': { type: 'dateTime' },
  'time-to-response': inUnit('ms'),
  'evidence-opened': { type: 'boolean' },
  arm: { type: 'string' },
  usefulness: { type: 'integer', minValueInteger: 1, maxValueInteger: 5 },
  'app-version': { type: 'string' },
};

const components = (codes: readonly ComponentCode[]): readonly ElementDefinition[] =>
  slices(codes.map((code) => [code, COMPONENT_DISPLAY[code], COMPONENT_RULES[code]]));

function response(): StructureDefinition {
  const url = PROFILE.recommendationResponse;
  const [root, ...rest] = common(url, LABEL.clinician, ITEM.response);
  const withdrawal = invariant(
    'cf-withdrawal',
    'A withdrawal names the answer that it withdraws.',
    `value.coding.where(code = 'withdrawn').empty() or extension.where(url = '${EXTENSION.observationReplaces}').exists()`,
    url,
  );
  const noText = invariant(
    'cf-free-text',
    'Free text stands only in note.',
    'value.text.empty() and component.value.text.empty()',
    url,
  );
  return profile(
    'RecommendationResponse',
    'Clinician response to an AI recommendation',
    url,
    'One answer of one clinician to one AI recommendation. Append-only: a change of mind is a new Observation that replaces the earlier one.',
    [
      element('Observation', { constraint: [...(root?.constraint ?? []), withdrawal, noText] }),
      ...rest,
      element('Observation.value[x]', {
        min: 1,
        type: [{ code: 'CodeableConcept' }],
        binding: { strength: 'required', valueSet: VALUE_SET.response },
      }),
      ...components(Object.values(COMPONENT)),
    ],
  );
}

function displayed(): StructureDefinition {
  const url = PROFILE.recommendationDisplayed;
  return profile(
    'RecommendationDisplayed',
    'AI recommendation displayed',
    url,
    'Headline and score of a recommendation were in view of a clinician for a second, for the first time in this launch. For the hospital store only.',
    [
      ...common(url, LABEL.device, ITEM.displayed),
      element('Observation.value[x]', { max: '0' }),
      element('Observation.note', { max: '0' }),
      ...components([
        COMPONENT.recommendationVersion,
        COMPONENT.model,
        COMPONENT.modelVersion,
        COMPONENT.modelState,
        COMPONENT.appVersion,
      ]),
    ],
  );
}

/** Differentials only; `withSnapshot` adds what R4's Observation says. */
export const profiles = (): readonly StructureDefinition[] => [
  displayed(),
  response(),
  undeliveredReport(),
];
