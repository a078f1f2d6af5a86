import type { Coding } from '../coding.ts';
import { AI_REASONS, findReason } from '../reasons.ts';
import { reasonCells } from '../tables/reason-columns.ts';
import { chance, pickIndex, runningSums } from './random/draws.ts';
import type { Stream } from './random/stream.ts';

const HL7 = 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes';
/** Of the base that is published by default; `fhir/codes.ts` has the same, and domain imports none of it. */
const OURS = 'https://clinician-feedback.example.org/fhir/CodeSystem/ai-override-reason';

/** What overrides say in ordinary times, in percent (after clinical-evidence §3). */
const MIX: readonly (readonly [code: string, weight: number])[] = [
  ['recipient-does-not-trust', 18],
  ['patient-ineligible', 14],
  ['risk-benefit-ratio', 11],
  ['need-more-info', 9],
  ['patient-contraindication', 8],
  ['wrong-time-workflow', 7],
  ['mitigate-risk-negative-outcome', 7],
  ['inappropriate-recipient', 6],
  ['action-completed', 5],
  ['ai-input-wrong', 5],
  ['indication-order-exists', 4],
  ['ai-not-interpretable', 4],
  ['prefers-alternative', 1],
  ['service-not-available', 1],
];
const ENDS = runningSums(MIX.map(([, weight]) => weight));

/** Share of overrides with a reason where none is required, and with a second one. */
const GIVEN = 0.85;
const SECOND = 0.08;

/** Reasons of a deferral are about time. */
const LATER = ['need-more-info', 'limited-time'] as const;

const draw = (stream: Stream): string => MIX[pickIndex(stream, ENDS)]?.[0] ?? 'patient-ineligible';

/** Codes of an override, the primary one first; none where none was given. */
export function drawReasons(stream: Stream, required: boolean): readonly string[] {
  if (!chance(stream, GIVEN) && !required) return [];
  const first = draw(stream);
  if (!chance(stream, SECOND)) return [first];
  const second = draw(stream);
  return second === first ? [first] : [first, second];
}

export const drawLaterReasons = (stream: Stream): readonly string[] =>
  chance(stream, 0.5) ? [LATER[chance(stream, 0.5) ? 0 : 1]] : [];

const AI_CODES = new Set(AI_REASONS.map(({ code }) => code));

export const reasonCoding = (code: string): Coding => ({
  system: AI_CODES.has(code) ? OURS : HL7,
  code,
  display: findReason(code)?.display ?? code,
});

/** The cells of these reasons, made once for each combination that occurs. */
export function reasonCellsOnce() {
  const made = new Map<string, ReturnType<typeof reasonCells>>();
  return (codes: readonly string[]) => {
    const key = codes.join(' ');
    let cells = made.get(key);
    if (cells === undefined) {
      cells = reasonCells(codes.map(reasonCoding));
      made.set(key, cells);
    }
    return cells;
  };
}
