import type { SandboxClock } from '../clock.ts';

/** What arrived and how it was answered. `status` 0: the connection failed. No headers: no tokens. */
export interface LoggedRequest {
  readonly at: number;
  readonly method: string;
  /** Path and query below the base URL. */
  readonly path: string;
  readonly status: number;
}

export interface RequestLog {
  add(method: string, path: string, status: number): void;
  list(): readonly LoggedRequest[];
  clear(): void;
}

/** A sandbox may run for days: only the last requests are kept. */
const MOST = 2000;

export function createRequestLog(clock: SandboxClock): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    add(method, path, status) {
      entries.push({ at: clock.now(), method, path, status });
      if (entries.length > 2 * MOST) entries = entries.slice(-MOST);
    },
    list: () => [...entries],
    clear: () => {
      entries = [];
    },
  };
}
