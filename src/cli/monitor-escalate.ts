import { readFile } from 'node:fs/promises';
import { entryOf } from '#src/domain/aggregates/aggregates.ts';
import { findingsOf } from '#src/domain/governance/limits/escalation.ts';
import {
  evaluateSla,
  type ServiceLevels,
  type SlaResult,
} from '#src/domain/governance/limits/sla.ts';
import { missing } from '#src/domain/metrics/catalogue.ts';
import { type FactOptions, factsOf } from '#src/domain/metrics/facts/facts.ts';
import type { Monitored } from '#src/domain/monitoring/monitor-tables.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import { isoWithOffset } from '#src/domain/timestamp.ts';
import { readServiceLevels, toServiceLevelsLibrary } from '#src/fhir/governance/sla.fhir.ts';
import { publishLibrary } from '#src/io/aggregates/publish-library.ts';
import { systemClock } from '#src/io/clock.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';
import { type EscalateReport, escalate } from '#src/io/escalate/escalate.ts';
import { readServiceLevelsOf } from '#src/io/escalate/read-registry.ts';
import { type Webhook, webhookKey } from '#src/io/escalate/webhook.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import type { EscalateRun } from './monitor-escalate-options.ts';
import { factOptions } from './sources/fact-options.ts';
import { withServerName } from './sources/server-failure.ts';
import { tokenFor } from './sources/token.ts';

export interface ToEscalate {
  readonly tables: Tables;
  readonly site: SiteTables;
  readonly monitored: Monitored;
  /** False: only a part of the rows was read, and nobody can say what the whole would. */
  readonly whole: boolean;
}

const TIMEOUT_MS = 60_000;

/** Throws an Error whose message is for the user. */
export async function escalateFrom(run: EscalateRun, found: ToEscalate): Promise<EscalateReport> {
  const { registry, as, agreed } = run;
  if (!found.whole) throw new Error('Not everything was read; nothing is escalated of a part.');
  const gateway = gatewayOf(registry, run.source);
  const webhook = await webhookOf(run);
  return withServerName(registry, async () => {
    if (agreed !== undefined) await putAgreed(gateway, agreed, as);
    const levels = await readServiceLevelsOf(gateway);
    if (!levels)
      throw new Error(`${registry} has no service levels: give them with --agreed FILE.`);
    const results = resultsOf(levels, found.tables, factOptions(found.site), systemClock.now());
    const { signals, notWatched } = found.monitored;
    return escalate(
      { gateway, clock: systemClock, by: as, committee: levels.committee, webhook },
      findingsOf(levels, results, signals, notWatched.length === 0),
    );
  });
}

/** @param now epoch ms */
export function resultsOf(
  { slas }: ServiceLevels,
  tables: Tables,
  facts: FactOptions,
  now: number,
): readonly SlaResult[] {
  const all = factsOf(tables, facts);
  return slas.map((sla) =>
    evaluateSla(sla, missing(entryOf(sla.metric), tables).length === 0 ? all : undefined, now),
  );
}

export function gatewayOf(registry: string, source: string): FhirGateway {
  const token = tokenFor(registry, source);
  return new HttpGateway({
    baseUrl: registry,
    authorization: async () => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
    fetch: globalThis.fetch,
    clock: systemClock,
    timeoutMs: TIMEOUT_MS,
  });
}

async function putAgreed(gateway: FhirGateway, path: string, by: string): Promise<void> {
  const found = readServiceLevels(parsed(path, await readFile(path, 'utf8')));
  if (!found.ok) throw new Error(`${path}: ${found.problem.message}`);
  const asOf = isoWithOffset(systemClock.now(), 0);
  await publishLibrary(gateway, toServiceLevelsLibrary(found.value, asOf, by));
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is no JSON.`, { cause });
  }
}

async function webhookOf({ webhook }: EscalateRun): Promise<Webhook | undefined> {
  if (!webhook) return undefined;
  const { url, keyFile } = webhook;
  const text =
    keyFile === undefined
      ? (process.env.CLINICIAN_FEEDBACK_WEBHOOK_KEY ?? '')
      : await readFile(keyFile, 'utf8');
  const key = webhookKey(text);
  if (!key)
    throw new Error(
      'The webhook has no key: "whsec_" and at least 24 bytes in base64, by --webhook-key or CLINICIAN_FEEDBACK_WEBHOOK_KEY.',
    );
  return { url, key, fetch: globalThis.fetch, clock: systemClock };
}
