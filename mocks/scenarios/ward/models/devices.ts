import type { Device } from 'fhir/r4';
import { AI_TRANSPARENCY } from '#src/fhir/codes.ts';
import { coding, HOSPITAL, plainMeta } from '../build.ts';
import { HOSPITAL_REFERENCE } from '../hospital.ts';
import { MODEL_IDS, type ModelFacts, model } from './catalogue.ts';

const aiType = (code: string) => ({ coding: [coding(AI_TRANSPARENCY.deviceType, code)] });

/** The AI-Device shape of the HL7 transparency guide. */
function device(facts: ModelFacts): Device {
  return {
    resourceType: 'Device',
    id: `ai-${facts.id}`,
    meta: { ...plainMeta(), profile: [`${AI_TRANSPARENCY.base}/StructureDefinition/AI-Device`] },
    extension: [
      {
        url: AI_TRANSPARENCY.modelCardDescription,
        valueReference: { reference: `DocumentReference/card-${facts.id}` },
      },
      ...facts.kinds.map((kind) => ({
        url: AI_TRANSPARENCY.aiKind,
        valueCodeableConcept: aiType(kind),
      })),
    ],
    identifier: [{ system: `${HOSPITAL}/ai-models`, value: facts.identifier }],
    status: facts.state === 'retired' ? 'inactive' : 'active',
    manufacturer: facts.vendor,
    deviceName: [{ name: facts.name, type: 'user-friendly-name' }],
    modelNumber: facts.modelNumber,
    type: {
      ...aiType('Artificial-Intelligence'),
      text: 'Artificial intelligence',
    },
    version: [{ value: facts.version }],
    owner: HOSPITAL_REFERENCE,
    contact: [
      { system: 'phone', value: '555-0142', use: 'work' },
      { system: 'url', value: `${facts.host}/support` },
    ],
    url: `${facts.host}/${facts.modelNumber.toLowerCase()}`,
    safety: [{ text: facts.safety }],
  };
}

export const devices = (): Device[] => MODEL_IDS.map((id) => device(model(id)));
