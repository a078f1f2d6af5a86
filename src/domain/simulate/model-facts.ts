import type { Range } from './random/draws.ts';

/** The four models of the simulated hospital; vendors and products do not exist. */
export const MODEL_KEYS = [
  'sepsis-early-warning',
  'chest-xray-triage',
  'interaction-check',
  'readmission-30d',
] as const;
export type ModelKey = (typeof MODEL_KEYS)[number];

export const ROLES = ['physician', 'resident', 'nurse', 'pharmacist', 'case-manager'] as const;
export type Role = (typeof ROLES)[number];

export interface ModelFacts {
  readonly key: ModelKey;
  readonly name: string;
  readonly version: string;
  readonly nextVersion: string;
  readonly manufacturer: string;
  /** What the recommendation says in a line. */
  readonly title: string;
  readonly kind: string;
  readonly outcome: string;
  readonly horizonHours: number;
  /** What it advises, as the code and the outcome rule of the action. */
  readonly action: string;
  readonly highRisk: boolean;
  /** Who it is shown to. */
  readonly roles: readonly Role[];
  /** Hours from arrival to the inference, median. */
  readonly lagHours: number;
  /** Of those scored: share with the outcome. */
  readonly prevalence: Range;
  readonly sensitivity: Range;
  readonly specificity: Range;
  /** Share of the events that must not be missed, and how many of those are found. */
  readonly criticalShare: number;
  readonly criticalSensitivity: Range;
}

/** Names, versions and vendors as the sandbox has them (`mocks/scenarios/ward/models`). */
export const MODEL_FACTS: Readonly<Record<ModelKey, ModelFacts>> = {
  'sepsis-early-warning': {
    key: 'sepsis-early-warning',
    name: 'Sepsis early warning',
    version: '3.1.0',
    nextVersion: '3.2.0',
    manufacturer: 'Tarnbeck Health Analytics (invented)',
    title: 'Review for sepsis: repeat vital signs and lactate',
    kind: 'sepsis',
    outcome: 'sepsis',
    horizonHours: 6,
    action: 'antibiotic-given',
    highRisk: true,
    roles: ['physician', 'resident'],
    lagHours: 8,
    prevalence: [0.06, 0.08],
    sensitivity: [0.78, 0.86],
    specificity: [0.92, 0.95],
    criticalShare: 0.3,
    criticalSensitivity: [0.95, 0.98],
  },
  'chest-xray-triage': {
    key: 'chest-xray-triage',
    name: 'Chest X-ray triage',
    version: '1.8.2',
    nextVersion: '1.9.0',
    manufacturer: 'Larkmere Imaging (invented)',
    title: 'Read this chest film first: likely urgent finding',
    kind: 'imaging',
    outcome: 'urgent-chest-finding',
    horizonHours: 24,
    action: 'film-reported',
    highRisk: false,
    roles: ['physician'],
    lagHours: 2,
    prevalence: [0.18, 0.26],
    sensitivity: [0.88, 0.94],
    specificity: [0.88, 0.93],
    criticalShare: 0.35,
    criticalSensitivity: [0.95, 0.98],
  },
  'interaction-check': {
    key: 'interaction-check',
    name: 'Drug interaction check',
    version: '5.0.3',
    nextVersion: '5.1.0',
    manufacturer: 'Quillstone Medication Safety (invented)',
    title: 'Interaction of two ordered drugs: change one or monitor',
    kind: 'interaction',
    outcome: 'adverse-drug-event',
    horizonHours: 72,
    action: 'order-changed',
    highRisk: false,
    roles: ['pharmacist', 'resident'],
    lagHours: 5,
    prevalence: [0.18, 0.26],
    sensitivity: [0.82, 0.9],
    specificity: [0.86, 0.91],
    criticalShare: 0.15,
    criticalSensitivity: [0.94, 0.97],
  },
  'readmission-30d': {
    key: 'readmission-30d',
    name: '30-day readmission',
    version: '2.1.0',
    nextVersion: '2.2.0',
    manufacturer: 'Oswinvale Data (invented)',
    title: 'High risk of readmission: arrange follow-up before discharge',
    kind: 'readmission',
    outcome: 'readmission',
    horizonHours: 720,
    action: 'follow-up-arranged',
    highRisk: false,
    roles: ['nurse', 'case-manager'],
    lagHours: 30,
    prevalence: [0.15, 0.22],
    sensitivity: [0.72, 0.8],
    specificity: [0.82, 0.88],
    criticalShare: 0.1,
    criticalSensitivity: [0.92, 0.96],
  },
};
