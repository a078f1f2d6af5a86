import { aggregate, entryOf } from '#src/domain/aggregates/aggregates.ts';
import { missing } from '#src/domain/metrics/catalogue.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { monitor } from '#src/domain/monitoring/monitor.ts';
import { SIGNALS } from '#src/domain/monitoring/signal.ts';
import { MONITORING_VIEWS } from '#src/domain/monitoring/views.ts';
import { systemClock } from '#src/io/clock.ts';
import { type Command, EXIT } from './command.ts';
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
--tables: weeks are read that had ended a day before it (default today).

${SOURCE_HELP}  --fail-on A,B|any   exit code 1 when one of these is beyond its limit:
                      ${SIGNALS.slice(0, 4).join(', ')},
                      ${SIGNALS.slice(4, 8).join(', ')},
                      ${SIGNALS.slice(8).join(', ')}
  --json              print JSON instead of text
`;

export const monitorCommand: Command = {
  name: 'monitor',
  summary: 'signals that somebody should look at, since when, how sure, and what to do next',
  help: HELP,
  async run(argv) {
    const options = readMonitorOptions(argv);
    const { tables, problems, site } = await readSource(options.source);
    for (const line of problemsInWords(problems)) process.stderr.write(`${line}\n`);
    const watched = MONITORING_VIEWS.filter(
      ({ metric }) => missing(entryOf(metric), tables).length === 0,
    );
    const asOf = options.asOf ?? new Date(systemClock.now()).toISOString().slice(0, 10);
    const facts = factsOf(tables, { timeZone: site.sites[0].timeZone });
    const signals = monitor(aggregate(facts, watched), { asOf });
    const report = {
      asOf,
      signals,
      changes: tables.changes ?? [],
      notWatched: MONITORING_VIEWS.filter((view) => !watched.includes(view)).map(
        ({ name, metric }) => `${name} (${missing(entryOf(metric), tables).join(', ')})`,
      ),
    };
    process.stdout.write(options.json ? monitorAsJson(report) : monitorAsText(report));
    const failed = signals.some(({ name, current }) => current && options.failOn.includes(name));
    return failed ? EXIT.failed : EXIT.done;
  },
};
