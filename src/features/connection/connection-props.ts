import type { CheckResult } from '#src/domain/connection/check.ts';
import type { ConnectionReport } from '#src/domain/connection/report.ts';

export interface RunOptions {
  readonly write: boolean;
  readonly onResult: (result: CheckResult) => void;
}

export interface ConnectionProps {
  /** As configured; nobody else's server is checked from here. */
  readonly issuers: readonly { readonly iss: string; readonly label: string }[];
  readonly signedIn:
    | {
        readonly iss: string;
        /** As a banner shows it; undefined where the name cannot be read. */
        readonly patientName: string | undefined;
        /** There is a patient to write on and a clinician to write as. */
        readonly canWrite: boolean;
      }
    | undefined;
  /** Why the last sign-in did not come about. */
  readonly refused: string | undefined;
  readonly synthetic: boolean;
  readonly run: (iss: string, options: RunOptions) => Promise<ConnectionReport>;
  /** Leaves the page. Resolves with words where it could not. */
  readonly onSignIn: (iss: string) => Promise<string>;
}
