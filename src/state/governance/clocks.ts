import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  DEFAULT_CLOCKS,
  DEFAULT_REMINDERS,
} from '#src/domain/governance/incidents/incident-clock.ts';
import {
  readClockLines,
  type SiteClocks,
} from '#src/domain/governance/incidents/incident-clock-lines.ts';
import { may, rolesOf } from '#src/domain/governance/rights.ts';
import {
  CLOCKS_LIBRARY,
  linesInLibrary,
  toClocksLibrary,
} from '#src/fhir/governance/incident-clocks.fhir.ts';
import type { FhirGateway, RequestOptions } from '#src/io/gateway.ts';
import { readLibrary, replaceLibrary, type StoredLibrary } from './change-library.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import { attest, NotOnRecord } from './put-on-record.ts';

export interface ClocksHere extends SiteClocks {
  /** Null: nobody has set any, and the app’s own count. */
  readonly stored: StoredLibrary | null;
}

export const OWN_CLOCKS: ClocksHere = {
  clocks: DEFAULT_CLOCKS,
  reminders: DEFAULT_REMINDERS,
  stored: null,
};

/** The clocks of this site. Throws `FhirError`, and `NotOnRecord` where what is stored cannot be read whole. */
export async function readClocks(
  gateway: FhirGateway,
  options: RequestOptions,
): Promise<ClocksHere> {
  const stored = await readLibrary(gateway, CLOCKS_LIBRARY, options);
  if (stored === null) return OWN_CLOCKS;
  const { value } = readClockLines(linesInLibrary(stored.library) ?? []);
  if (!value) throw new NotOnRecord('The clocks that the site has set cannot be read.');
  return { ...value, stored };
}

export interface ClocksChange {
  readonly lines: readonly string[];
  /** What was seen. */
  readonly before: StoredLibrary | null;
}

/** Who may close reports says how fast they are worked on. Throws `FhirError`, `NotOnRecord`, `SomebodyWasFaster`. */
export async function writeClocks(
  deps: Pick<GovernanceDeps, 'gateway' | 'person' | 'roles' | 'timestamp'>,
  { lines, before }: ClocksChange,
): Promise<void> {
  const { gateway, person, roles } = deps;
  if (person.reference === undefined || !may(rolesOf(roles, person.names), 'close-incident'))
    throw new NotOnRecord('Your roles at this site do not include this.');
  const [problem] = readClockLines(lines).problems;
  if (problem !== undefined) throw new NotOnRecord(problem);
  const [by, at] = [person.reference, deps.timestamp()];
  const library = { ...toClocksLibrary(lines, at, by), url: CLOCKS_LIBRARY };
  const stored = await replaceLibrary(gateway, library, before);
  const kept = stored === null ? undefined : linesInLibrary(stored.library);
  if (kept?.join('\n') !== lines.join('\n'))
    throw new NotOnRecord('The server does not give the clocks back as they were sent.');
  await attest(gateway, {
    targets: [`Library/${stored?.id}`],
    ...{ by, role: 'author', at, activity: 'Clocks of safety reports' },
  });
}

const keyOf = (server: string) => [server, 'incident-clocks'] as const;

export function useClocks() {
  const { gateway } = useGovernanceDeps();
  return useQuery({
    queryKey: keyOf(gateway.baseUrl),
    queryFn: ({ signal }) => readClocks(gateway, { signal }),
    staleTime: 300_000,
  });
}

export function useWriteClocks() {
  const deps = useGovernanceDeps();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ClocksChange) => writeClocks(deps, change),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(deps.gateway.baseUrl) }),
  });
}
