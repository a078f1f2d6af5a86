import type { Task } from 'fhir/r4';
import type { FhirGateway } from '#src/io/gateway.ts';

export type StoredTask = Task & { readonly id: string };

/** Somebody changed it since it was read here; what they did is shown, and nothing is written over it. */
export class SomebodyWasFaster extends Error {
  constructor() {
    super('Somebody else was faster. What they did is shown now; look at it first.');
  }
}

const isConflict = (cause: unknown): boolean =>
  cause instanceof Error && 'kind' in cause && cause.kind === 'conflict';

/** The Task as it is now. Throws `FhirError`, `SomebodyWasFaster` where it is another version than the one seen. */
export async function readUnchanged(
  gateway: FhirGateway,
  reference: string,
  seen: string | undefined,
): Promise<StoredTask> {
  const found = await gateway.read('Task', reference.slice('Task/'.length));
  if (found.resourceType !== 'Task' || found.id === undefined) throw new SomebodyWasFaster();
  if (seen !== undefined && found.meta?.versionId !== seen) throw new SomebodyWasFaster();
  return { ...found, id: found.id };
}

/**
 * Writes a Task over the version that it was made from, so that of two who act at once only one can.
 * Where a server gives no versions it cannot refuse, and the last one stands. Throws as above.
 */
export async function changeTask(gateway: FhirGateway, task: StoredTask): Promise<StoredTask> {
  const version = task.meta?.versionId;
  try {
    const written = await gateway.update(
      task,
      version === undefined ? {} : { ifMatch: `W/"${version}"` },
    );
    if (written?.resourceType === 'Task') return { ...written, id: task.id };
    return readUnchanged(gateway, `Task/${task.id}`, undefined);
  } catch (cause) {
    if (isConflict(cause)) throw new SomebodyWasFaster();
    throw cause;
  }
}
