import { AI_REASONS, NON_ADHERENCE_REASONS, type Reason } from '#src/domain/reasons.ts';
import type { ReasonOption } from '#src/domain/site-config.ts';
import { SYSTEM } from './codes.ts';

/** One heading of "More reasons" with its buttons. */
export interface ReasonGroup {
  readonly label: string;
  readonly options: readonly ReasonOption[];
}

const option = (system: string, { code, label, display }: Reason): ReasonOption => ({
  label,
  coding: { system, code, display },
});

const aiOption = (reason: Reason): ReasonOption => {
  const made = option(SYSTEM.aiOverrideReason, reason);
  return reason.code === 'ai-unsafe' ? { ...made, tone: 'danger' } : made;
};

/** Every reason there is: HL7's by category, the category itself last as "other", then ours. */
export const REASON_GROUPS: readonly ReasonGroup[] = [
  ...NON_ADHERENCE_REASONS.map((category) => ({
    label: category.label,
    options: [
      ...category.reasons.map((reason) => option(SYSTEM.nonAdherenceReason, reason)),
      option(SYSTEM.nonAdherenceReason, { ...category, label: `${category.label}: other` }),
    ],
  })),
  { label: 'The AI itself', options: AI_REASONS.map(aiOption) },
];
