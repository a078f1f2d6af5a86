import { simulate } from '#src/domain/simulate/simulate.ts';
import { SCENARIOS, type SimulationOptions } from '#src/domain/simulate/simulation.ts';
import { type Command, EXIT } from './command.ts';
import { newFolder } from './simulate/folder.ts';
import { DEFAULT_START, readSimulateOptions, type SimulateOptions } from './simulate/options.ts';
import { larger, sizeOf } from './simulate/size.ts';
import { StoppedError, writeSimulation } from './simulate/write.ts';

const HELP = `clinician-feedback simulate --scenario NAME --out DIR [OPTIONS]

A hospital that never was, in which one known thing goes wrong: FHIR R4 as NDJSON, the flat tables, and
what is wrong in truth.json. All of it is labelled as test data. docs/simulate.md says what happens in
each scenario.

  --scenario NAME   ${SCENARIOS.slice(0, 4).join(', ')},
                    ${SCENARIOS.slice(4, 8).join(', ')},
                    ${SCENARIOS.slice(8).join(', ')}
  --out DIR         a folder that is not there yet, or is empty
  --decisions N     whole weeks until there are at least N answers
  --weeks N         so many weeks (default 40; hospital 26)
  --per-week N      recommendations in an ordinary week (default 1000, or as --decisions needs)
  --seed N          same seed, same files (default 1)
  --start DAY       the Monday of the first week (default ${DEFAULT_START})
  --format FORMAT   of the tables: csv (default) or ndjson
`;

export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'a made-up hospital with a known failure, as FHIR NDJSON and flat tables',
  help: HELP,
  async run(argv) {
    const given = readSimulateOptions(argv);
    const stop = new AbortController();
    const onSignal = () => stop.abort();
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    try {
      let options = sizeOf(given);
      // The size is an estimate; where chance took more away than was spared, it was too small.
      while (!(await filled(given, options, stop.signal))) options = larger(given, options);
      return EXIT.done;
    } finally {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    }
  },
};

/** False where too few answers came: then nothing is left of it. */
async function filled(
  given: SimulateOptions,
  options: SimulationOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const folder = await newFolder(given.out);
  try {
    const written = await writeSimulation(simulate(options), {
      folder: folder.path,
      format: given.format,
      decisions: given.decisions,
      check: () => {
        if (signal.aborted) throw new StoppedError();
      },
      progress: (week, decisions) =>
        process.stderr.write(`week ${week} of ${options.weeks}: ${decisions} answers\n`),
    });
    const answers = written.rows.decisions ?? 0;
    const enough = answers >= (given.decisions ?? 0);
    await (enough ? folder.finish() : folder.discard());
    if (enough) process.stderr.write(`${given.out}: ${written.weeks} weeks, ${answers} answers\n`);
    return enough;
  } catch (cause) {
    await folder.discard();
    throw cause;
  }
}
