import { withoutSlash } from '#src/domain/base-url.ts';
import { sinkId, sinksOf } from '#src/domain/sinks.ts';
import type { IssuerConfig, SinkConfig, SiteConfig } from '#src/domain/site-config.ts';
import type { ConfigProblem } from './check.ts';

type Finding = readonly [where: string, message: string];

/** What a schema cannot say: settings that are each allowed, and do not go together. */
export function contradictions({ issuers }: SiteConfig): readonly ConfigProblem[] {
  return issuers.flatMap((issuer, i) =>
    findings(issuer).map(([where, message]) => ({ path: `issuers[${i}]${where}`, message })),
  );
}

function findings(issuer: IssuerConfig): readonly Finding[] {
  const { store, recommendationSource, sinks = [] } = issuer;
  const found: Finding[] = [];
  if (recommendationSource === 'store' && !store)
    found.push(['.recommendationSource', 'is "store", but no store is configured; add "store"']);
  if (store && withoutSlash(store.baseUrl) === withoutSlash(issuer.iss))
    found.push(['.store.baseUrl', 'is the EHR itself; set "hospitalStore": true instead']);
  if (store && issuer.hospitalStore)
    found.push(['.hospitalStore', 'says that the EHR is the hospital store; remove it or "store"']);
  if (store?.auth === 'smart' && !(store.clientId && store.scopes))
    found.push(['.store', 'signs in by itself ("smart") and needs clientId and scopes for that']);
  if (sinksOf(issuer).length === 0)
    found.push([
      '',
      `has nowhere to file an answer: ${issuer.vendor} takes no feedback Observations. ${CURE}`,
    ]);
  else if (sinksOf(issuer).every(({ required }) => !required))
    found.push([
      '.sinks',
      'are all optional; at least one must be required, or an answer could be lost',
    ]);
  sinks.forEach((sink, i) => {
    for (const message of sinkFindings(sink, issuer, i)) found.push([`.sinks[${i}]`, message]);
  });
  return found;
}

const CURE = 'Add a "store", or "sinks" that it does take';

function sinkFindings(sink: SinkConfig, issuer: IssuerConfig, index: number): readonly string[] {
  const found: string[] = [];
  if (issuer.sinks?.findIndex((other) => sinkId(other) === sinkId(sink)) !== index)
    found.push('is there twice; remove one');
  if (sink.to === 'store' && sink.kind !== 'fhir-observation')
    found.push(`goes to the EHR; only fhir-observation may have "to": "store"`);
  if (sink.to === 'store' && !issuer.store)
    found.push('goes to the store, but no store is configured; add "store"');
  if (sink.kind === 'epic-flowsheet' && !sink.flowsheet)
    found.push('needs "flowsheet" with the ids of the rows that your site built');
  if (sink.kind === 'document-note' && !sink.note)
    found.push('needs "note" with the type of document');
  if (sink.kind === 'cds-feedback-relay' && !sink.relay)
    found.push('needs "relay" with the address of your relay');
  return found;
}
