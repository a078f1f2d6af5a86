import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { ROOT } from '#tests/architecture/source.ts';
import type { Outcome, Task } from './judge-one.ts';

const FOLDER = `${ROOT}.data/bench`;

/** What decides an outcome: simulator, counts, statistics, detectors, and how they are judged. */
const CODE = [
  'src/domain/{aggregates,metrics,monitoring,simulate,statistics,tables}/**/*.ts',
  'src/domain/*.ts',
  'tests/bench/gallery/{aggregate-run,judge-one,oracle,run-one}.ts',
];

const keyOf = ({ scenario, seed, perWeek }: Task): string => `${scenario} ${seed} ${perWeek}`;

export interface Kept {
  readonly file: string;
  get(task: Task): Outcome | undefined;
  add(outcome: Outcome): void;
}

/** Outcomes of this very code, one a line: a bench that was stopped goes on where it was. */
export function keptOutcomes(): Kept {
  mkdirSync(FOLDER, { recursive: true });
  const file = `${FOLDER}/gallery-${hashOf(CODE)}.ndjson`;
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  // A line that was cut off when the bench was stopped does not end.
  const whole = lines.slice(0, -1).map((line) => JSON.parse(line) as Outcome);
  const known = new Map(whole.map((outcome) => [keyOf(outcome), outcome]));
  return {
    file,
    get: (task) => known.get(keyOf(task)),
    add(outcome) {
      known.set(keyOf(outcome), outcome);
      appendFileSync(file, `${JSON.stringify(outcome)}\n`);
    },
  };
}

function hashOf(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of globSync([...patterns], { cwd: ROOT }).toSorted())
    hash.update(path).update(readFileSync(`${ROOT}${path}`));
  return hash.digest('hex').slice(0, 16);
}
