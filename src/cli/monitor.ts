import { monitorTables } from '#src/domain/monitoring/monitor-tables.ts';
import { SIGNALS } from '#src/domain/monitoring/signal.ts';
import { systemClock } from '#src/io/clock.ts';
import { type Command, EXIT } from './command.ts';
import { escalateFrom } from './monitor-escalate.ts';
import { ESCALATE_HELP } from './monitor-escalate-options.ts';
import { readMonitorOptions } from './monitor-options.ts';
import { monitorAsJson, monitorAsText } from './monitor-text.ts';
import { problemsInWords } from './sources/problems.ts';
import { readSource } from './sources/read-source.ts';
import { SOURCE_HELP } from './sources/source-options.ts';

const HELP = `clinician-feedback monitor --from DIR|URL [OPTIONS]
clinician-feedback monitor --tables DIR [OPTIONS]

What a committee should look at: what was seen, where, since when, how sure, what usually explains it
and what to do next. Meant for cron: looking every week costs no false alarms, all signals together
raise at most one in two model-years. docs/monitoring.md says how. --as-of takes a day here, also with
--tables: weeks are read that had ended a day before it (default today). A row that was stored later
than a day after its week changes no past week; how many there are is said.

${SOURCE_HELP}  --fail-on A,B|any   exit code 1 when one of these is beyond its limit:
                      ${SIGNALS.slice(0, 4).join(', ')},
                      ${SIGNALS.slice(4, 8).join(', ')},
                      ${SIGNALS.slice(8).join(', ')}
  --json              print JSON instead of text
${ESCALATE_HELP}`;

export const monitorCommand: Command = {
  name: 'monitor',
  summary: 'signals that somebody should look at, since when, how sure, and what to do next',
  help: HELP,
  async run(argv) {
    const options = readMonitorOptions(argv);
    const { tables, problems, site, from } = await readSource(options.source);
    for (const line of problemsInWords(problems)) process.stderr.write(`${line}\n`);
    const asOf = options.asOf ?? new Date(systemClock.now()).toISOString().slice(0, 10);
    const facts = { timeZone: site.sites[0].timeZone };
    const found = monitorTables(tables, facts, { asOf, targets: site.targets });
    const report = { asOf, ...found, changes: tables.changes ?? [] };
    process.stdout.write(options.json ? monitorAsJson(report) : monitorAsText(report));
    if (options.escalate) {
      const all = { tables, site, monitored: found, whole: from.whole };
      const { done, problems: open } = await escalateFrom(options.escalate, all);
      for (const words of [...done, ...open]) process.stderr.write(`${words}\n`);
      if (open.length > 0) return EXIT.failed;
    }
    const failed = found.signals.some(
      ({ name, current }) => current && options.failOn.includes(name),
    );
    return failed ? EXIT.failed : EXIT.done;
  },
};
