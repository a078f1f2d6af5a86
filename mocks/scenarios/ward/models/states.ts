import type { Observation } from 'fhir/r4';
import { SYSTEM } from '#src/fhir/codes.ts';
import { coding, plainMeta } from '../build.ts';
import { clinician } from '../people.ts';
import { hoursAgo, minutesAgo, type Ward } from '../ward.ts';
import { deviceReference, MODEL_IDS, type ModelFacts, model } from './catalogue.ts';

const TITLES = { pilot: 'Pilot', active: 'Active', suspended: 'Suspended', retired: 'Retired' };

function stateObservation(
  ward: Ward,
  facts: ModelFacts,
  n: number,
  state: ModelFacts['state'],
  days: { from: number; until?: number | undefined },
  reason: string,
): Observation {
  const start = hoursAgo(ward, days.from * 24);
  return {
    resourceType: 'Observation',
    id: `state-${facts.id}-${n}`,
    meta: plainMeta(),
    status: 'final',
    code: {
      coding: [coding(SYSTEM.feedbackItem, 'model-state')],
      text: 'Lifecycle state of an AI model',
    },
    subject: deviceReference(facts.id),
    effectivePeriod: {
      start,
      ...(days.until === undefined ? {} : { end: minutesAgo(ward, -days.until * 1440) }),
    },
    issued: start,
    performer: [clinician(ward, 'informatics')],
    valueCodeableConcept: {
      coding: [coding(SYSTEM.modelState, state, TITLES[state])],
      text: TITLES[state],
    },
    note: [{ authorReference: clinician(ward, 'informatics'), time: start, text: reason }],
  };
}

/** The state now, and for what is no longer in use the state before it. */
export function modelStates(ward: Ward): Observation[] {
  return MODEL_IDS.flatMap((id) => {
    const facts = model(id);
    const now = stateObservation(
      ward,
      facts,
      2,
      facts.state,
      { from: facts.stateSinceDays, until: facts.stateUntilDays },
      facts.stateReason,
    );
    if (facts.state !== 'retired' && facts.state !== 'suspended') return [now];
    const before = stateObservation(
      ward,
      facts,
      1,
      'active',
      { from: 400, until: -facts.stateSinceDays },
      'Approved for use.',
    );
    return [before, now];
  });
}
