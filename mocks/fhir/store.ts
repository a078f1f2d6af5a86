import type { Resource } from '@medplum/fhirtypes';
import type { Archive, Asked } from './archive.ts';
import { deepFreeze, keyOf, type Stored } from './resource.ts';

/** One line of the history of one resource: a version, or the mark that it was deleted. */
export interface Version {
  readonly type: string;
  readonly id: string;
  readonly versionId: string;
  readonly lastUpdated: string;
  /** Absent for a deletion. */
  readonly resource: Stored | undefined;
}

export type StoreListener = (
  type: string,
  before: Stored | undefined,
  after: Stored | undefined,
) => void;

/**
 * Every version of every resource, in memory. It clones and freezes what comes in, so that neither
 * a caller nor a reader can change what is stored; whoever wants to edit clones (`structuredClone`).
 * It knows nothing of HTTP, search, scopes or validity.
 */
export interface Store {
  put(resource: Resource & { id: string }, at: string): Stored;
  remove(type: string, id: string, at: string): void;
  /** Replays a version as it was once written (scenario, data directory): no new stamp. */
  restore(version: Version): void;
  current(type: string, id: string): Stored | undefined;
  /** Oldest first; empty if the id was never used. */
  history(type: string, id: string): readonly Version[];
  all(type: string): Iterable<Stored>;
  /** Without what only the archive has. */
  live(type: string): Iterable<Stored>;
  /** What only the archive has and can match; perhaps more. */
  archived(type: string, asked: readonly Asked[]): Iterable<Stored>;
  types(): readonly string[];
  size(): number;
  /** Sees every change at once, also one that a failing transaction takes back. */
  subscribe(listener: StoreListener): void;
  /** Sees what is final, once; never what `restore` replays. */
  onCommit(listener: (versions: readonly Version[]) => void): void;
  /** Runs `work`; if it throws, everything that it wrote is undone. */
  atomically<T>(work: () => Promise<T>): Promise<T>;
}

/** @param archive what is there from the beginning without being held. */
export function createStore(archive?: Archive): Store {
  const histories = new Map<string, Version[]>();
  /** What somebody has asked for is the same object ever after, so that an index may know it. */
  const made = new Map<string, Stored>();
  const live = new Map<string, Map<string, Stored>>();
  const listeners: StoreListener[] = [];
  const commitListeners: ((versions: readonly Version[]) => void)[] = [];
  let journal: Version[] | undefined;

  function fromArchive(type: string, id: string): Stored | undefined {
    const key = keyOf(type, id);
    if (histories.has(key)) return undefined;
    const known = made.get(key);
    if (known !== undefined) return known;
    const resource = archive?.read(type, id);
    if (resource === undefined) return undefined;
    const stored = deepFreeze(resource) as Stored;
    made.set(key, stored);
    return stored;
  }

  /** What is changed for the first time has a history that begins in the archive. */
  function adopt(type: string, id: string): void {
    const resource = fromArchive(type, id);
    if (resource === undefined) return;
    const { versionId, lastUpdated } = resource.meta;
    append({ type, id, versionId, lastUpdated, resource });
    made.delete(keyOf(type, id));
  }

  function* archived(type: string, asked: readonly Asked[]): Generator<Stored> {
    for (const id of archive?.ids(type, asked) ?? []) {
      const resource = fromArchive(type, id);
      if (resource !== undefined) yield resource;
    }
  }

  const liveOf = (type: string): Iterable<Stored> => live.get(type)?.values() ?? [];

  function ofType(type: string): Map<string, Stored> {
    const existing = live.get(type);
    if (existing !== undefined) return existing;
    const created = new Map<string, Stored>();
    live.set(type, created);
    return created;
  }

  function setLive(type: string, id: string, after: Stored | undefined): void {
    const before = ofType(type).get(id);
    if (after === undefined) ofType(type).delete(id);
    else ofType(type).set(id, after);
    for (const listener of listeners) listener(type, before, after);
  }

  function append(version: Version): void {
    const key = keyOf(version.type, version.id);
    const versions = histories.get(key);
    if (versions === undefined) histories.set(key, [version]);
    else versions.push(version);
    setLive(version.type, version.id, version.resource);
  }

  function write(version: Version): void {
    append(version);
    if (journal === undefined) commit([version]);
    else journal.push(version);
  }

  function commit(versions: readonly Version[]): void {
    if (versions.length === 0) return;
    for (const listener of commitListeners) listener(versions);
  }

  function undo(version: Version): void {
    const key = keyOf(version.type, version.id);
    const versions = histories.get(key) ?? [];
    versions.pop();
    if (versions.length === 0) histories.delete(key);
    setLive(version.type, version.id, versions.at(-1)?.resource);
  }

  const nextVersionId = (type: string, id: string) =>
    String((histories.get(keyOf(type, id))?.length ?? 0) + 1);

  return {
    put(resource, at) {
      adopt(resource.resourceType, resource.id);
      const versionId = nextVersionId(resource.resourceType, resource.id);
      const { resourceType: type, id, meta, ...content } = structuredClone(resource);
      const stamped = { ...meta, versionId, lastUpdated: at };
      const stored = deepFreeze({ resourceType: type, id, meta: stamped, ...content }) as Stored;
      write({ type, id, versionId, lastUpdated: at, resource: stored });
      return stored;
    },
    remove(type, id, at) {
      adopt(type, id);
      const versionId = nextVersionId(type, id);
      write({ type, id, versionId, lastUpdated: at, resource: undefined });
    },
    restore(version) {
      adopt(version.type, version.id);
      append(deepFreeze(structuredClone(version)));
    },
    current: (type, id) => live.get(type)?.get(id) ?? fromArchive(type, id),
    history(type, id) {
      const resource = fromArchive(type, id);
      if (resource === undefined) return histories.get(keyOf(type, id)) ?? [];
      const { versionId, lastUpdated } = resource.meta;
      return [{ type, id, versionId, lastUpdated, resource }];
    },
    *all(type) {
      yield* liveOf(type);
      yield* archived(type, []);
    },
    live: liveOf,
    archived,
    types: () => [...new Set([...live.keys(), ...(archive?.types ?? [])])],
    size: () => [...live.values()].reduce((sum, byId) => sum + byId.size, 0),
    subscribe: (listener) => void listeners.push(listener),
    onCommit: (listener) => void commitListeners.push(listener),
    async atomically(work) {
      // One FHIR request runs at a time (http/exclusive.ts), so a plain journal is enough; a
      // transaction inside a transaction belongs to the outer one.
      if (journal !== undefined) return work();
      const written: Version[] = [];
      journal = written;
      try {
        const value = await work();
        commit(written);
        return value;
      } catch (error) {
        for (const version of written.toReversed()) undo(version);
        throw error;
      } finally {
        journal = undefined;
      }
    },
  };
}
