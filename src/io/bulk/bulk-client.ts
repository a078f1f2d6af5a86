import type { Clock } from '../clock.ts';

/** Where the bearer token comes from, and how another is had when a server no longer takes it. */
export interface TokenSource {
  /** Undefined: the server is asked without one. */
  current(): Promise<string | undefined>;
  /** False where there is no other than `refused`. */
  renew(refused: string): Promise<boolean>;
}

export interface BulkClient {
  /** FHIR base, without a slash at its end. */
  readonly baseUrl: string;
  /** Origins beside the server's own that files may come from and that may see the token. */
  readonly allowedOrigins: readonly string[];
  readonly tokens: TokenSource;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Between two questions. Returns early when `stop` is aborted. */
  readonly pause: (ms: number) => Promise<void>;
  /** Ctrl-C. */
  readonly stop: AbortSignal;
  /** What a person may want to know meanwhile. */
  readonly tell: (words: string) => void;
}
