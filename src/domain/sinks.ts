import type { IssuerConfig, SinkConfig } from './site-config.ts';

/**
 * One place where an answer goes. `fhir-observation` is the EHR's own server, `hospital-store` the
 * hospital's; the others are projections of an answer into what an EHR takes.
 */
export type SinkId =
  | 'fhir-observation'
  | 'hospital-store'
  | 'epic-flowsheet'
  | 'document-note'
  | 'cds-feedback-relay'
  /** The hospital's record of safety reports; no answer goes there. */
  | 'safety-report';

/** Where answers go; reports have one place of their own. */
export type AnswerSinkId = Exclude<SinkId, 'safety-report'>;

/** A sink of answers as the rest of the app sees it. */
export interface Sink {
  readonly id: AnswerSinkId;
  readonly required: boolean;
  readonly config: SinkConfig;
}

/** Holds an answer whole, so that it is found, linked and replaced there. */
export const holdsWhole = (sink: SinkId): boolean =>
  sink === 'hospital-store' || sink === 'fhir-observation';

/** The sinks that hold an answer whole come first. */
const ORDER: readonly SinkId[] = [
  'hospital-store',
  'fhir-observation',
  'epic-flowsheet',
  'document-note',
  'cds-feedback-relay',
  'safety-report',
];

export const bySink = (a: { readonly sink: SinkId }, b: { readonly sink: SinkId }): number =>
  ORDER.indexOf(a.sink) - ORDER.indexOf(b.sink);

export const sinkId = ({ kind, to }: Pick<SinkConfig, 'kind' | 'to'>): AnswerSinkId =>
  kind === 'fhir-observation' && to === 'store' ? 'hospital-store' : kind;

/**
 * Neither takes a feedback Observation: Epic files vital signs only, Oracle Health answers 422 to any
 * category but vital signs and laboratory, and feedback is never disguised as one (B7).
 */
const REFUSES_FEEDBACK: ReadonlySet<IssuerConfig['vendor']> = new Set(['epic', 'oracle-health']);

/**
 * Where this issuer's answers go. Without `sinks` in the configuration: to the hospital store where
 * there is one, and to the EHR where it is known to take them. Empty: nowhere, which `io/config`
 * refuses.
 */
export function sinksOf(issuer: Pick<IssuerConfig, 'vendor' | 'store' | 'sinks'>): readonly Sink[] {
  return (issuer.sinks ?? defaultSinks(issuer)).map((config) => ({
    id: sinkId(config),
    required: config.required,
    config,
  }));
}

function defaultSinks({
  vendor,
  store,
}: Pick<IssuerConfig, 'vendor' | 'store'>): readonly SinkConfig[] {
  const observation = { kind: 'fhir-observation', required: true } as const;
  if (store) return [{ ...observation, to: 'store' }];
  return REFUSES_FEEDBACK.has(vendor) ? [] : [{ ...observation, to: 'ehr' }];
}

/** The name of a sink as a person reads it; `store` is the label of the hospital store. */
export function sinkName(id: SinkId, issuer: Pick<IssuerConfig, 'label' | 'store'>): string {
  switch (id) {
    case 'fhir-observation':
      return issuer.label;
    case 'hospital-store':
      return issuer.store?.label ?? 'Hospital store';
    case 'epic-flowsheet':
      return 'Flowsheet';
    case 'document-note':
      return 'Clinical note';
    case 'cds-feedback-relay':
      return 'AI service (CDS Hooks feedback)';
    case 'safety-report':
      return 'Safety reports';
  }
}
