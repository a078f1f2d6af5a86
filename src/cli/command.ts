/** 0 done, 1 failed, 2 wrong use (DESIGN.md §5). */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** The command line itself was wrong; the message names the cure. */
export class UsageError extends Error {}

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly help: string;
  /** Returns the exit code. Throws `UsageError`, or an Error whose message is for the user. */
  run(argv: readonly string[]): Promise<number>;
}
