import { NON_ADHERENCE_REASONS } from '#src/domain/reasons.ts';
import type { ReasonHeading } from '#src/features/review/review-props.ts';
import { SYSTEM } from '#src/fhir/codes.ts';

/** The complete HL7 list behind "More reasons", as buttons that write their code. */
export const REASON_GROUPS: readonly ReasonHeading[] = NON_ADHERENCE_REASONS.map((category) => ({
  label: category.label,
  options: category.reasons.map(({ code, label, display }) => ({
    label,
    coding: { system: SYSTEM.nonAdherenceReason, code, display },
  })),
}));
