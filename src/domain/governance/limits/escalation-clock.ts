/** What of an escalation is due next, epoch ms; undefined: nothing is. */
export interface EscalationClock {
  readonly what: 'acknowledge' | 'act';
  readonly due: number;
  readonly late: boolean;
}

export interface Timed {
  readonly standing: 'open' | 'acknowledged' | 'done' | 'unknown';
  readonly acknowledgeBy?: string;
  readonly actBy?: string;
}

export function escalationClock(
  { standing, acknowledgeBy, actBy }: Timed,
  now: number,
): EscalationClock | undefined {
  if (standing !== 'open' && standing !== 'acknowledged') return undefined;
  const what = standing === 'open' ? 'acknowledge' : 'act';
  const due = Date.parse((what === 'act' ? actBy : acknowledgeBy) ?? '');
  return Number.isNaN(due) ? undefined : { what, due, late: due < now };
}

/** What is due first comes first; what has no time comes last. */
export const byDue = (
  a: { readonly due: number } | undefined,
  b: { readonly due: number } | undefined,
): number => (a?.due ?? Number.MAX_SAFE_INTEGER) - (b?.due ?? Number.MAX_SAFE_INTEGER);
