import type { IssuerConfig } from '#src/domain/site-config.ts';
import type { Chart } from './chart.ts';
import type { FhirServer } from './fhir-server.ts';
import type { LaunchOptions } from './launch-code.ts';
import type { MedplumProject } from './medplum.ts';

/** A system that launches the app, and the FHIR server that it launches it on. */
export interface Ehr {
  readonly kind: 'launcher' | 'medplum';
  /** Asked without the app and without a launch. */
  readonly server: FhirServer;
  /** Who will be signed in; undefined: the chart's own practitioner. */
  readonly practitioner?: string;
  /** Medplum's own ways, for what only it has. */
  readonly project?: MedplumProject;
  /** Registers an app that is served at `appUrls`, and says how it is configured for this EHR. */
  register(appUrls: readonly string[], charts: readonly Chart[]): Promise<readonly Issuer[]>;
  /** `launch` of an EHR launch on this chart. */
  launch(chart: Chart, options: Partial<LaunchOptions>): Promise<string>;
  close(): Promise<void>;
}

/** The first is that of an EHR launch. */
export type Issuer = Partial<IssuerConfig> &
  Pick<IssuerConfig, 'iss' | 'label' | 'vendor' | 'clientId' | 'scopes'>;

/** Where to find the servers, as `run.ts` passes it on. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start this by \`npm run test:real\`.`);
  return value.replace(/\/+$/, '');
}
