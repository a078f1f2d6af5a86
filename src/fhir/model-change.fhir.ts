import type { Observation } from 'fhir/r4';
import type { ModelChange } from '#src/domain/model-change.ts';
import { GOVERNANCE_CATEGORY, SYSTEM } from './codes.ts';
import {
  CHANGE_COMPONENT_DISPLAY,
  CHANGE_KIND_DISPLAY,
  GOVERNANCE_ITEM_DISPLAY,
} from './governance-terms.ts';
import { GOVERNANCE_COMPONENT, GOVERNANCE_ITEM } from './tables/governance-codes.ts';

const DISPLAY = { ...GOVERNANCE_ITEM_DISPLAY, ...CHANGE_COMPONENT_DISPLAY };

const item = (code: keyof typeof DISPLAY) => ({
  coding: [{ system: SYSTEM.feedbackItem, code, display: DISPLAY[code] }],
  text: DISPLAY[code],
});

const said = (code: 'change-from' | 'change-to', value: string | undefined) =>
  value === undefined ? [] : [{ code: item(code), valueString: value }];

/** One line of the change log as it is written: about the Device, never about a patient. */
export function toModelChange(change: ModelChange): Observation {
  const { id, kind, device, changedAt, from, to, words, performer } = change;
  const component = [
    ...said(GOVERNANCE_COMPONENT.from, from),
    ...said(GOVERNANCE_COMPONENT.to, to),
  ];
  return {
    resourceType: 'Observation',
    identifier: [{ system: SYSTEM.uri, value: id }],
    status: 'final',
    category: [{ coding: [{ system: SYSTEM.feedbackCategory, code: GOVERNANCE_CATEGORY }] }],
    code: item(GOVERNANCE_ITEM.change),
    subject: { reference: device },
    effectivePeriod: { start: changedAt },
    performer: [{ reference: performer }],
    valueCodeableConcept: {
      coding: [{ system: SYSTEM.changeKind, code: kind, display: CHANGE_KIND_DISPLAY[kind] }],
    },
    ...(component.length > 0 && { component }),
    ...(words !== undefined && { note: [{ text: words }] }),
  };
}
