/** Everything that can be made to go wrong, as data: for options, for run time, for a panel. */
export type FaultEffect =
  /** The connection fails; the server has done nothing. */
  | { readonly kind: 'offline' }
  /** The request is served `ms` late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Refused with this status. `retryAfter` in seconds. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number }
  /** A proxy answers 200 with a login page. */
  | { readonly kind: 'html-instead-of-fhir' }
  /** The write happens; the answer is 201 without body or headers that say where. */
  | { readonly kind: 'empty-201' }
  /** The write happens; the answer never arrives. */
  | { readonly kind: 'commit-then-drop' }
  /** The connection fails now; the write happens `ms` later. */
  | { readonly kind: 'commit-late'; readonly ms: number }
  /** The access token ends with this request; its refresh token stays good. */
  | { readonly kind: 'token-expires' };

export type FaultKind = FaultEffect['kind'];

export interface Fault {
  readonly effect: FaultEffect;
  /** Absent: any method. */
  readonly method?: string;
  /** Path below the sandbox's base URL, `*` for any run of characters; absent: `/fhir*`. */
  readonly path?: string;
  /** How many requests it meets; absent: all until it is cleared. */
  readonly count?: number;
}

export const FAULT_KINDS: Readonly<Record<FaultKind, string>> = {
  offline: 'The connection fails before the server sees the request',
  delay: 'The answer comes late',
  status: 'The server refuses with a status of choice',
  'html-instead-of-fhir': 'A login page in place of FHIR',
  'empty-201': 'Stored, but the answer says neither what nor where',
  'commit-then-drop': 'Stored, but the answer never arrives',
  'commit-late': 'The connection fails, and the server stores it later',
  'token-expires': 'The access token expires under the request',
};

export interface FaultInjector {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly Fault[];
  /** The first fault that meets this request; its count goes down. */
  take(method: string, path: string): FaultEffect | undefined;
}

export function createFaultInjector(initial: readonly Fault[]): FaultInjector {
  let active = initial.map((fault) => ({ fault, left: fault.count ?? Number.POSITIVE_INFINITY }));
  return {
    add: (fault) => void active.push({ fault, left: fault.count ?? Number.POSITIVE_INFINITY }),
    clear: () => {
      active = [];
    },
    list: () => active.filter(({ left }) => left > 0).map(({ fault }) => fault),
    take(method, path) {
      const met = active.find(({ fault, left }) => left > 0 && meets(fault, method, path));
      if (met === undefined) return undefined;
      met.left -= 1;
      return met.fault.effect;
    },
  };
}

function meets(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  const literal = (text: string) => text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
  const pattern = (fault.path ?? '/fhir*').split('*').map(literal).join('.*');
  return new RegExp(`^${pattern}$`).test(path);
}

/** For what arrives over HTTP: a fault is refused with a reason, not half believed. */
export function parseFault(value: unknown): Fault | string {
  const { effect, method, path, count } = (value ?? {}) as Partial<Record<keyof Fault, unknown>>;
  const { kind, ms, status } = (effect ?? {}) as Record<string, unknown>;
  if (typeof kind !== 'string' || !Object.hasOwn(FAULT_KINDS, kind)) {
    return `effect.kind must be one of ${Object.keys(FAULT_KINDS).join(', ')}`;
  }
  if ((kind === 'delay' || kind === 'commit-late') && typeof ms !== 'number') {
    return 'effect.ms must be a number';
  }
  if (kind === 'status' && (typeof status !== 'number' || status < 400 || status > 599)) {
    return 'effect.status must be 400 to 599';
  }
  if (method !== undefined && typeof method !== 'string') return 'method must be a string';
  if (path !== undefined && typeof path !== 'string') return 'path must be a string';
  if (count !== undefined && typeof count !== 'number') return 'count must be a number';
  return value as Fault;
}
