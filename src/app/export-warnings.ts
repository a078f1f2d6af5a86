import { mismatches } from '#src/domain/export/reconcile.ts';
import type { Problem } from '#src/domain/problem.ts';
import type { Gap, Searched } from '#src/io/tables-in/each-page.ts';
import type { ExportChoice, TablePreview } from '#src/state/export-deps.ts';
import { commandFor } from '#src/state/export-words.ts';

export interface Found {
  readonly gaps: readonly Gap[];
  readonly searched: readonly Searched[];
  readonly problems: readonly Problem[];
  readonly undated: number;
  readonly choice: ExportChoice;
  readonly server: string;
  readonly previews: readonly TablePreview[];
}

const MOST_KINDS = 10;

/** Everything that is not as a reader of the counts would think, the gravest first. */
export function warningsOf({
  gaps,
  searched,
  problems,
  undated,
  choice,
  server,
  previews,
}: Found): readonly string[] {
  const times = Map.groupBy(problems, ({ message }) => message);
  const kinds = [...times].toSorted(([, a], [, b]) => b.length - a.length);
  const empty = previews.find(({ name }) => name === 'decisions')?.rows === 0;
  return [
    ...(empty
      ? [
          'No answers were found in this period. Choose another, or check that answers go to this server.',
        ]
      : []),
    ...gaps.map((gap) => gapInWords(gap, commandFor(server, choice))),
    ...mismatches(searched.filter(({ gap }) => !gap)),
    ...(undated > 0
      ? [`${undated} rows have no time and were left out: no period can be said to hold them.`]
      : []),
    ...kinds
      .slice(0, MOST_KINDS)
      .map(([message, all]) => (all.length === 1 ? message : `${message} (${all.length} times)`)),
    ...(kinds.length > MOST_KINDS
      ? [`and ${kinds.length - MOST_KINDS} other kinds of problem`]
      : []),
    ...(choice.profile === 'deidentified' && !choice.settings
      ? [
          'Names of models that nobody listed become random names. A file with the site’s settings says which may stay.',
        ]
      : []),
  ];
}

function gapInWords(gap: Gap, command: string): string {
  switch (gap.why) {
    case 'capped':
      return `${gap.type}: only the first ${gap.count} were read, so the package is not whole. Choose a shorter period, or use the command line: ${command}`;
    case 'forbidden':
      return `${gap.type}: your sign-in may not read it, and the server may have some. Ask for user/${gap.type}.rs.`;
    case 'unknown':
      return `${gap.type}: ${gap.message} What it would tell is missing.`;
  }
}
