/** The AI products of the invented hospital. Vendors and products do not exist. */
export type ModelId =
  | 'sepsis-3'
  | 'sepsis-2'
  | 'chest-xray'
  | 'drug-interaction'
  | 'readmission-2'
  | 'readmission-1';

type ModelStateCode = 'pilot' | 'active' | 'suspended' | 'retired';

export interface ModelFacts {
  readonly id: ModelId;
  /** Business identifier of this version. */
  readonly identifier: string;
  readonly name: string;
  readonly version: string;
  readonly vendor: string;
  /** Host of everything that the vendor names: topics, recommendation identifiers, support. */
  readonly host: string;
  readonly kinds: readonly string[];
  readonly modelNumber: string;
  readonly safety: string;
  readonly state: ModelStateCode;
  readonly stateSinceDays: number;
  readonly stateUntilDays?: number;
  readonly stateReason: string;
}

const MODELS: Readonly<Record<ModelId, Omit<ModelFacts, 'id'>>> = {
  'sepsis-3': {
    identifier: 'sepsis-early-warning-3.1.0',
    name: 'Sepsis early warning',
    version: '3.1.0',
    vendor: 'Tarnbeck Health Analytics (invented)',
    host: 'https://tarnbeck.example.com',
    kinds: ['Machine-Learning-Models', 'Clinical-Monitoring-and-Early-Warning'],
    modelNumber: 'SEW-3',
    safety: 'Not validated in the first 24 h after surgery',
    state: 'active',
    stateSinceDays: 118,
    stateReason: 'Approved for all adult inpatient units and the ED after a 90-day silent trial.',
  },
  'sepsis-2': {
    identifier: 'sepsis-early-warning-2.4.0',
    name: 'Sepsis early warning',
    version: '2.4.0',
    vendor: 'Tarnbeck Health Analytics (invented)',
    host: 'https://tarnbeck.example.com',
    kinds: ['Machine-Learning-Models', 'Clinical-Monitoring-and-Early-Warning'],
    modelNumber: 'SEW-2',
    safety: 'Not validated in the first 24 h after surgery',
    state: 'retired',
    stateSinceDays: 2,
    stateReason: 'Replaced by 3.1.0 in every unit; 2.4.0 missed two of three sepsis stays.',
  },
  'chest-xray': {
    identifier: 'chest-xray-triage-1.8.2',
    name: 'Chest X-ray triage',
    version: '1.8.2',
    vendor: 'Larkmere Imaging (invented)',
    host: 'https://larkmere.example.com',
    kinds: ['Deep-Learning-Models'],
    modelNumber: 'CXT-1',
    safety: 'Orders the reading list; no diagnosis. Frontal films of adults only',
    state: 'pilot',
    stateSinceDays: 21,
    stateUntilDays: 69,
    stateReason: 'Pilot in the ED and the ICU, at most 500 films, weekly review by radiology.',
  },
  'drug-interaction': {
    identifier: 'interaction-check-5.0.3',
    name: 'Drug interaction check',
    version: '5.0.3',
    vendor: 'Quillstone Medication Safety (invented)',
    host: 'https://quillstone.example.com',
    kinds: ['Hybrid-Models', 'Rule-Based-Systems'],
    modelNumber: 'IXC-5',
    safety: 'Sees only medication charted in this hospital',
    state: 'active',
    stateSinceDays: 402,
    stateReason: 'Yearly review passed; alert threshold unchanged.',
  },
  'readmission-2': {
    identifier: 'readmission-30d-2.2.0',
    name: '30-day readmission',
    version: '2.2.0',
    vendor: 'Oswinvale Data (invented)',
    host: 'https://oswinvale.example.com',
    kinds: ['Machine-Learning-Models', 'AI-for-Structured-Clinical-Data'],
    modelNumber: 'RDM-2',
    safety: 'Not for patients who are discharged to hospice or to another hospital',
    state: 'active',
    stateSinceDays: 1,
    stateReason: 'Recalibrated on local data; approved to replace the suspended 2.1.0.',
  },
  'readmission-1': {
    identifier: 'readmission-30d-2.1.0',
    name: '30-day readmission',
    version: '2.1.0',
    vendor: 'Oswinvale Data (invented)',
    host: 'https://oswinvale.example.com',
    kinds: ['Machine-Learning-Models', 'AI-for-Structured-Clinical-Data'],
    modelNumber: 'RDM-2',
    safety: 'Not for patients who are discharged to hospice or to another hospital',
    state: 'suspended',
    stateSinceDays: 0.7,
    stateReason:
      'Predicted risk was twice the observed rate after the change of the visit codes; under review.',
  },
};

export const MODEL_IDS = Object.keys(MODELS) as ModelId[];

export const model = (id: ModelId): ModelFacts => ({ id, ...MODELS[id] });

export const deviceReference = (id: ModelId) => ({
  reference: `Device/ai-${id}`,
  display: `${MODELS[id].name} ${MODELS[id].version}`,
});
