import type { Act } from '../rights.ts';

/** The work on a safety report; each is attested by who did it. */
export const INCIDENT_STEPS = [
  'acknowledged',
  'contained',
  'committee',
  'root-cause',
  'contributing-factors',
  'corrective-action',
  'effectiveness-check',
  'closed',
] as const;

export type IncidentStep = (typeof INCIDENT_STEPS)[number];

/** One step as it was attested. */
export interface StepDone {
  readonly step: IncidentStep;
  /** Reference of who did it. */
  readonly by: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly words: string;
}

const RIGHT: Readonly<Record<IncidentStep, Act>> = {
  acknowledged: 'acknowledge-incident',
  contained: 'contain-incident',
  committee: 'acknowledge-incident',
  'root-cause': 'work-on-incident',
  'contributing-factors': 'work-on-incident',
  'corrective-action': 'work-on-incident',
  'effectiveness-check': 'work-on-incident',
  closed: 'close-incident',
};

export const rightFor = (step: IncidentStep): Act => RIGHT[step];

/** What must have been done before; a step may be attested again, and then the last one counts. */
const AFTER: Readonly<Record<IncidentStep, readonly IncidentStep[]>> = {
  acknowledged: [],
  contained: ['acknowledged'],
  committee: ['acknowledged'],
  'root-cause': ['acknowledged'],
  'contributing-factors': ['acknowledged'],
  'corrective-action': ['root-cause'],
  'effectiveness-check': ['corrective-action'],
  closed: ['contained', 'root-cause', 'corrective-action', 'effectiveness-check'],
};

/** Whose work a second person closes. */
const WORKED: readonly IncidentStep[] = ['root-cause', 'corrective-action', 'effectiveness-check'];

/**
 * Why this person cannot attest this step now, in words; undefined: they can.
 * @param names every reference by which the person may stand on record
 */
export function stepProblem(
  step: IncidentStep,
  done: readonly StepDone[],
  names: readonly string[],
): string | undefined {
  if (names.length === 0) return 'The sign-in does not say who you are.';
  if (done.some((one) => one.step === 'closed')) return 'It is closed.';
  const missing = AFTER[step].filter((before) => !done.some((one) => one.step === before));
  if (missing.length > 0) return `First: ${missing.map(stepWords).join(', ')}.`;
  const worked = done.some((one) => WORKED.includes(one.step) && names.includes(one.by));
  return step === 'closed' && worked ? 'You worked on it: a second person closes it.' : undefined;
}

const WORDS: Readonly<Record<IncidentStep, string>> = {
  acknowledged: 'acknowledge',
  contained: 'contain',
  committee: 'tell the committee',
  'root-cause': 'root cause',
  'contributing-factors': 'contributing factors',
  'corrective-action': 'corrective action',
  'effectiveness-check': 'effectiveness check',
  closed: 'close',
};

export const stepWords = (step: IncidentStep): string => WORDS[step];
