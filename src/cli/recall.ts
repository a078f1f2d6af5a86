import { writeFile } from 'node:fs/promises';
import { type Recall, recallOf } from '#src/domain/governance/recall.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { readOptions } from './options.ts';
import { problemsInWords } from './sources/problems.ts';
import { readSource } from './sources/read-source.ts';
import { readSourceOptions, SOURCE_ARGUMENTS, SOURCE_HELP } from './sources/source-options.ts';

const HELP = `clinician-feedback recall --from DIR|URL --model ID [--version V] --out FILE

Everything that one model version touched, one line of JSON for each recommendation: the patient, who
saw it, what was answered, and what came of it by the rules of --settings. Counts go to stderr. The
lines identify patients: keep them where patient records are kept.

${SOURCE_HELP}  --model ID          identifier of the model's Device, or "Device/…"
  --version V         this version only
  --out FILE          write to FILE instead of printing
`;

export const recallCommand: Command = {
  name: 'recall',
  summary: 'everything that one model version touched, by recommendation',
  help: HELP,
  async run(argv) {
    const given = readOptions(argv, {
      ...SOURCE_ARGUMENTS,
      model: { type: 'string' },
      version: { type: 'string' },
      out: { type: 'string' },
    });
    if (given.model === undefined) throw new UsageError('Say which model: --model ID.');
    const { tables, problems, from } = await readSource(readSourceOptions(given));
    const recall = recallOf(tables, { ids: [given.model], version: given.version });
    const lines = recall.rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    const said = [...problemsInWords(problems), counts(recall)];
    process.stderr.write(said.map((line) => `${line}\n`).join(''));
    if (given.out === undefined) process.stdout.write(lines);
    else await writeFile(given.out, lines, { mode: 0o600 });
    if (from.whole) return EXIT.done;
    process.stderr.write('Not everything was read: this recall is not complete.\n');
    return EXIT.failed;
  },
};

const counts = ({ rows, patients, exposures, decisions, clinicians, outcomes }: Recall): string =>
  `${rows.length} recommendations, ${patients} patients, ${exposures} displays, ${decisions} answers, ${clinicians} clinicians, ${outcomes} outcomes`;
