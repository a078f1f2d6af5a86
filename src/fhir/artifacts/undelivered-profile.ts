import type { StructureDefinition } from 'fhir/r4';
import {
  COMPONENT,
  DEVICE_CATEGORY,
  ITEM,
  LABEL,
  PROFILE,
  REPORT_COMPONENT,
  SYSTEM,
} from '../codes.ts';
import { COMPONENT_DISPLAY, REPORT_DISPLAY } from '../feedback-terms.ts';
import {
  type ComponentRule,
  components,
  element,
  inUnit,
  invariant,
  profile,
  reference,
} from './profile-parts.ts';

const count: ComponentRule = { type: 'integer', minValueInteger: 0 };

/** What a device could not deliver: numbers and ages, about no patient and by no person. */
export function undeliveredReport(): StructureDefinition {
  const url = PROFILE.undeliveredReport;
  const status = invariant(
    'cf-report-status',
    'Preliminary while something waits, final when nothing does, or entered in error.',
    "status = 'preliminary' or status = 'final' or status = 'entered-in-error'",
    url,
  );
  const label = invariant(
    'cf-report-label',
    'The resource is labelled as asserted by a device.',
    `meta.security.where(system = '${SYSTEM.observationValue}' and code = '${LABEL.device}').exists()`,
    url,
  );
  return profile(
    'UndeliveredReport',
    'Answers that a device could not deliver',
    url,
    'One device on one day: how many answers wait, since when and for what, and how many were discarded. For the hospital store only.',
    [
      element('Observation', { constraint: [status, label] }),
      element('Observation.meta', { min: 1 }),
      element('Observation.identifier', {
        min: 1,
        max: '1',
        short: 'The same for one device and day',
      }),
      element('Observation.category', {
        min: 1,
        slicing: { discriminator: [{ type: 'pattern', path: '$this' }], rules: 'open' },
      }),
      element('Observation.category:report', {
        sliceName: 'report',
        min: 1,
        max: '1',
        patternCodeableConcept: {
          coding: [{ system: SYSTEM.feedbackCategory, code: DEVICE_CATEGORY }],
        },
      }),
      element('Observation.code', {
        patternCodeableConcept: {
          coding: [{ system: SYSTEM.feedbackItem, code: ITEM.undelivered }],
        },
      }),
      element('Observation.subject', {
        type: reference('Location'),
        short: 'The unit, where it is known; never a patient',
      }),
      element('Observation.focus', { max: '0' }),
      element('Observation.encounter', { max: '0' }),
      element('Observation.effective[x]', { min: 1, type: [{ code: 'dateTime' }] }),
      element('Observation.performer', { max: '0' }),
      element('Observation.value[x]', { max: '0' }),
      element('Observation.note', { max: '0' }),
      element('Observation.device', {
        min: 1,
        type: reference('Device'),
        short: 'A random identifier of the browser; no reference',
      }),
      ...components([
        ...Object.values(REPORT_COMPONENT).map(
          (code) =>
            [
              code,
              REPORT_DISPLAY[code],
              code === REPORT_COMPONENT.oldest ? inUnit('min') : count,
            ] as const,
        ),
        [COMPONENT.appVersion, COMPONENT_DISPLAY[COMPONENT.appVersion], { type: 'string' }],
      ]),
    ],
  );
}
