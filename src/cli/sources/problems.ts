import type { Problem } from '#src/domain/problem.ts';

/** One kind of trouble in what was read, and where it was first seen. Never a value: rows hold patients. */
export interface SourceProblem {
  readonly place: string;
  readonly message: string;
  readonly times: number;
}

/** Collects problems; the same one a thousand times is one line with its number. */
export interface Problems {
  add(place: string, message: string): void;
  /** What the readers of FHIR found. */
  addRead(place: string, found: readonly Problem[]): void;
  all(): readonly SourceProblem[];
}

export function problemList(): Problems {
  const byMessage = new Map<string, SourceProblem>();
  const add = (place: string, message: string): void => {
    const known = byMessage.get(message);
    byMessage.set(
      message,
      known ? { ...known, times: known.times + 1 } : { place, message, times: 1 },
    );
  };
  return {
    add,
    addRead: (place, found) => {
      for (const { message, path } of found) add(path ? `${place}: ${path}` : place, message);
    },
    all: () => [...byMessage.values()].toSorted((a, b) => b.times - a.times),
  };
}

const MOST_SHOWN = 20;

/** One line each, the most frequent first. */
export const problemsInWords = (problems: readonly SourceProblem[]): readonly string[] => [
  ...problems
    .slice(0, MOST_SHOWN)
    .map(({ place, message, times }) =>
      times === 1 ? `${place}: ${message}` : `${place}: ${message} (${times} times)`,
    ),
  ...(problems.length > MOST_SHOWN ? [`and ${problems.length - MOST_SHOWN} other kinds`] : []),
];
