import { writeFile } from 'node:fs/promises';
import { meetingPack } from '#src/domain/governance/limits/meeting-pack.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { monitorTables } from '#src/domain/monitoring/monitor-tables.ts';
import { readTransition } from '#src/fhir/governance/transition.fhir.ts';
import { tasksOf } from '#src/fhir/governance/work-searches.ts';
import { systemClock } from '#src/io/clock.ts';
import {
  readEscalations,
  readServiceLevelsOf,
  readVersions,
} from '#src/io/escalate/read-registry.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import { type Command, EXIT } from './command.ts';
import { readMeetingPackOptions } from './meeting-pack-options.ts';
import { gatewayOf, resultsOf } from './monitor-escalate.ts';
import { factOptions } from './sources/fact-options.ts';
import { problemsInWords } from './sources/problems.ts';
import { readSource } from './sources/read-source.ts';
import { withServerName } from './sources/server-failure.ts';
import { SOURCE_HELP } from './sources/source-options.ts';

const HELP = `clinician-feedback meeting-pack --from URL --out FILE.md [OPTIONS]

What a committee needs for its meeting, as Markdown, from live data: open matters, what was agreed and
how it stands, signals, adoption with intervals, safety reports as counts, approvals due, states of
models, changes. Nothing in it names a patient or a clinician; counts of 1 to 10 are left out, and
whatever would give them away. A page or PDF: print it from any viewer of Markdown.

${SOURCE_HELP}  --registry URL      FHIR server of the registry (default: that of --from); another one than --from
                      takes its token from CLINICIAN_FEEDBACK_PUBLISH_TOKEN
  --last DAY          the last meeting, as 2026-03-02 (default: 28 days ago)
  --out FILE          write to FILE instead of printing
`;

const DAY_MS = 86_400_000;

export const meetingPackCommand: Command = {
  name: 'meeting-pack',
  summary: 'what a committee needs for its meeting, as Markdown, from live data',
  help: HELP,
  async run(argv) {
    const { source, registry, tokenOf, last, out } = readMeetingPackOptions(argv);
    const { tables, problems, site, from } = await readSource(source);
    const read = problemsInWords(problems);
    for (const line of read) process.stderr.write(`${line}\n`);
    const now = systemClock.now();
    const today = new Date(now).toISOString().slice(0, 10);
    const facts = factOptions(site);
    const seen = monitorTables(tables, facts, { asOf: today, targets: site.targets });
    const gateway = gatewayOf(registry, tokenOf);
    const { exposures, decisions, incidents, changes = [], recommendations = [] } = tables;
    const named = new Set(recommendations.flatMap((row) => row.model_id ?? []));
    const { levels, ...registered } = await withServerName(registry, () =>
      readRegistered(gateway, [...named]),
    );
    const pack = meetingPack({
      site: site.sites.map((one) => one.site).join(', '),
      now,
      since: last ?? new Date(now - 28 * DAY_MS).toISOString().slice(0, 10),
      gaps: [
        ...(from.whole ? [] : ['not everything was read from the server']),
        ...seen.notWatched.map((words) => `not watched: ${words}`),
      ],
      facts: exposures && decisions && factsOf(tables, facts),
      signals: seen.signals,
      slas: levels ? resultsOf(levels, tables, facts, now) : [],
      incidents,
      changes,
      ...registered,
    });
    if (out === undefined) process.stdout.write(pack);
    else await writeFile(out, pack);
    return EXIT.done;
  },
};

async function readRegistered(gateway: FhirGateway, named: readonly string[]) {
  const versions = await readVersions(gateway, named);
  const { matches } = await gateway.search(tasksOf('transition'));
  const nameOf = (device: string): string => {
    const found = versions.find((one) => one.device === device);
    return found ? `${found.name} ${found.version ?? ''}` : device;
  };
  return {
    levels: await readServiceLevelsOf(gateway),
    models: versions,
    proposals: matches
      .flatMap((one) => readTransition(one, gateway.baseUrl) ?? [])
      .filter(({ status }) => status === 'requested')
      .map(({ device, to, proposedAt }) => ({ model: nameOf(device), to, at: proposedAt })),
    escalations: (await readEscalations(gateway)).map(({ escalation }) => escalation),
  };
}
