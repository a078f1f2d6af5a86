import type { Answer, Choice } from '#src/domain/feedback.ts';

/** What one clinician decided about one recommendation, as a careful observer noted it. */
export interface Decision {
  readonly key: string;
  readonly user: string;
  readonly patient: string;
  /** Everything that was ever answered, withdrawals included, with the content as last edited. */
  readonly answers: Map<string, Answer>;
  /** Identifiers of which one must be current; `none`: no answer counts. */
  allowed: ReadonlySet<string>;
  /** What counted before each answer, oldest first: where undos lead back to. */
  readonly before: ReadonlySet<string>[];
}

export const NONE = 'none';
export const only = (id: string): ReadonlySet<string> => new Set([id]);
export const also = (set: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  new Set([...set, id]);

const RESPONSES = ['accepted', 'overridden', 'deferred', 'accepted-modified'] as const;

/** One of some contents, with a comment that nobody else has. */
export function choice(id: string, number: number): Choice {
  const response = RESPONSES[number % RESPONSES.length] ?? 'accepted';
  return { response, reasons: [], comment: `Comment on ${id.slice(-12)}` };
}
