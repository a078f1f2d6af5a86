import type { Answer } from '#src/domain/feedback.ts';

/** The body of `POST {service}/feedback` (CDS Hooks 2.0, "Feedback"), with one entry. */
export interface CdsFeedback {
  readonly feedback: readonly [CdsFeedbackEntry];
}

export interface CdsFeedbackEntry {
  /** UUID of the card. */
  readonly card: string;
  readonly outcome: 'accepted' | 'overridden';
  readonly acceptedSuggestions?: readonly { readonly id: string }[];
  readonly overrideReason?: {
    readonly reason?: { readonly code: string; readonly system: string; readonly display?: string };
    readonly userComment?: string;
  };
  /** UTC: the specification asks for an ISO timestamp in UTC. */
  readonly outcomeTimestamp: string;
}

const UUID = /^(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/**
 * An answer in the terms of CDS Hooks, or nothing where it has none: the card must be known by its
 * UUID, acceptance must name a suggestion, and deferral, withdrawal and an override without reason or
 * comment have no word there (fhir-contract.md, "Towards CDS Hooks").
 */
export function toCdsFeedback(answer: Answer, cardSystem: string): CdsFeedback | undefined {
  const { identifier } = answer.recommendation;
  const card = identifier?.system === cardSystem ? UUID.exec(identifier.value)?.[1] : undefined;
  const outcome = card === undefined ? undefined : outcomeOf(answer);
  if (card === undefined || outcome === undefined) return undefined;
  const outcomeTimestamp = new Date(answer.answeredAt).toISOString();
  return { feedback: [{ card, ...outcome, outcomeTimestamp }] };
}

function outcomeOf(
  answer: Answer,
): Omit<CdsFeedbackEntry, 'card' | 'outcomeTimestamp'> | undefined {
  const { response, reasons, comment, context } = answer;
  if (response === 'accepted' || response === 'accepted-modified') {
    const { suggestions = [] } = context;
    if (suggestions.length === 0) return undefined;
    return { outcome: 'accepted', acceptedSuggestions: suggestions.map((id) => ({ id })) };
  }
  if (response !== 'overridden') return undefined;
  const [primary] = reasons;
  if (!primary && !comment) return undefined;
  const reason = primary && {
    code: primary.code,
    system: primary.system,
    ...(primary.display && { display: primary.display }),
  };
  return {
    outcome: 'overridden',
    overrideReason: { ...(reason && { reason }), ...(comment && { userComment: comment }) },
  };
}
