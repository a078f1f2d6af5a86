import type { ClockStanding } from '#src/domain/governance/incidents/incident-clock.ts';
import { type IncidentStep, stepWords } from '#src/domain/governance/incidents/incident-steps.ts';

const WHAT = {
  'near-miss': 'Near miss',
  'reached-patient': 'Reached the patient',
  'unsafe-condition': 'Unsafe condition',
} as const;

export const whatWords = (what: keyof typeof WHAT | undefined): string =>
  what === undefined ? 'Safety report' : WHAT[what];

const ASKS: Readonly<Record<IncidentStep, string>> = {
  acknowledged: 'Who takes it on, and what was done at once',
  contained: 'How further harm is prevented',
  committee: 'Who was told',
  'root-cause': 'What went wrong, and why',
  'contributing-factors': 'What made it likelier',
  'corrective-action': 'What is changed',
  'effectiveness-check': 'How it was seen that the change works',
  closed: 'Why it can be closed',
};

export const asks = (step: IncidentStep): string => ASKS[step];

export const stepName = (step: IncidentStep): string => {
  const words = stepWords(step);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const MINUTE_MS = 60_000;

/** "2 h 5 min", "3 days" */
export function spanWords(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

export function clockWords({ step, due, state }: ClockStanding, now: number): string {
  const what = stepName(step);
  if (state === 'kept') return `${what}: in time`;
  if (state === 'missed') return `${what}: done too late`;
  return state === 'late'
    ? `${what}: late by ${spanWords(now - due)}`
    : `${what}: due in ${spanWords(due - now)}`;
}
