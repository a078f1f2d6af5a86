import type { ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from './command.ts';
import type { SourceOptions } from './sources/source-options.ts';
import { tokenFor } from './sources/token.ts';

export interface EscalateRun {
  /** FHIR base of the registry. */
  readonly registry: string;
  /** Where the rows are from: its token goes nowhere else. */
  readonly source: string;
  /** Reference of the service that says all this. */
  readonly as: string;
  /** A file of service levels that is put on the registry first. */
  readonly agreed: string | undefined;
  readonly webhook: { readonly url: string; readonly keyFile: string | undefined } | undefined;
}

export const ESCALATE_ARGUMENTS = {
  escalate: { type: 'boolean', default: false },
  registry: { type: 'string' },
  as: { type: 'string' },
  agreed: { type: 'string' },
  webhook: { type: 'string' },
  'webhook-key': { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

interface EscalateArguments {
  readonly escalate: boolean;
  readonly registry?: string | undefined;
  readonly as?: string | undefined;
  readonly agreed?: string | undefined;
  readonly webhook?: string | undefined;
  readonly 'webhook-key'?: string | undefined;
  readonly since?: string | undefined;
  readonly 'as-of'?: string | undefined;
}

export const ESCALATE_HELP = `  --escalate          hold the models against what the site has agreed, open tasks for breaches and
                      signals, tell who answers, and do what was agreed to follow by itself; safe to
                      run twice. docs/governance.md says how
  --as REFERENCE      Organization (or CareTeam, PractitionerRole) in whose name that is done
  --registry URL      FHIR server of the registry (default: that of --from); another one than --from
                      takes its token from CLINICIAN_FEEDBACK_PUBLISH_TOKEN
  --agreed FILE       service levels (public/service-levels.schema.json), put on the registry first
  --webhook URL       a notification of each new matter, without patient data
  --webhook-key FILE  its key, "whsec_" and base64 (default: CLINICIAN_FEEDBACK_WEBHOOK_KEY)
`;

/** Undefined: nothing is to be escalated. Throws `UsageError`. */
export function readEscalateRun(
  given: EscalateArguments,
  from: SourceOptions['from'],
): EscalateRun | undefined {
  const { registry, as, agreed, webhook } = given;
  const keyFile = given['webhook-key'];
  if (!given.escalate) {
    if ([registry, as, agreed, webhook, keyFile].some((one) => one !== undefined))
      throw new UsageError('--registry, --as, --agreed and --webhook are for --escalate.');
    return undefined;
  }
  if (given.since !== undefined || given['as-of'] !== undefined)
    throw new UsageError('--escalate is about now and all rows: leave --since and --as-of out.');
  const source = 'server' in from ? from.server : '';
  const target = registry ?? source;
  if (target === '') throw new UsageError('Say where the registry is: --registry URL.');
  tokenFor(target, source);
  // R4 lets no Device be the performer of an Observation, and a state is one.
  if (as === undefined || !/^(Organization|CareTeam|PractitionerRole)\/[\w.-]{1,64}$/.test(as))
    throw new UsageError('Say in whose name: --as Organization/ID.');
  if (keyFile !== undefined && webhook === undefined)
    throw new UsageError('--webhook-key is for --webhook.');
  if (webhook !== undefined) tokenFor(webhook, webhook);
  return {
    ...{ registry: target, source, as, agreed },
    webhook: webhook === undefined ? undefined : { url: webhook, keyFile },
  };
}
