import type { SandboxClock } from '../clock.ts';
import type { Store } from '../fhir/store.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { VendorProfile } from '../vendors/profile.ts';
import type { SandboxClient } from './client.ts';
import type { Grants } from './grants.ts';
import type { SigningKey } from './signing-key.ts';

/** What the endpoints of the authorization server share. */
export interface SmartDeps {
  readonly fhirBase: string;
  readonly smartBase: string;
  readonly clock: SandboxClock;
  readonly clients: readonly SandboxClient[];
  readonly grants: Grants;
  readonly key: SigningKey;
  readonly scenario: Scenario;
  readonly store: Store;
  readonly vendor: VendorProfile;
  readonly accessTokenSeconds: number;
}
