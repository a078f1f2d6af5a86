import type { ConfigError } from '#src/io/config/load.ts';

/** Why there is nothing to show, in words and with what to do about it. */
export interface Unopened {
  readonly title: string;
  readonly message: string;
  readonly details: readonly string[];
  /** The launch goes on if the page is loaded again. */
  readonly tryAgainHelps?: boolean;
  /** Configured EHRs, where signing in anew can help. */
  readonly signIn?: readonly { readonly iss: string; readonly label: string }[];
}

/** Every problem of the configuration, for whoever set it up. */
export const notSetUp = ({ message, problems }: ConfigError): Unopened => ({
  title: 'The app is not set up correctly',
  message,
  details: problems.map((problem) => `${problem.path}: ${problem.message}`),
});
