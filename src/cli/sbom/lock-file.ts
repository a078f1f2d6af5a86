/** The parts of package-lock.json (version 3) that a bill of materials needs. */
export interface LockFile {
  readonly name: string;
  readonly version: string;
  /** By path: "" is this project, then "node_modules/a", "node_modules/a/node_modules/b". */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly deprecated?: string;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export interface ProductionPackage extends LockedPackage {
  readonly name: string;
  /** "node_modules/a" */
  readonly path: string;
  readonly version: string;
  /** Paths of the packages that this one asks for. */
  readonly asksFor: readonly string[];
}

const FOLDER = 'node_modules/';

/**
 * What the project's `dependencies` lead to. `npm sbom --omit dev` is not used for it: it leaves out
 * whatever a development tool asks for as well (react, zod), and it stops at optional packages of a
 * dependency that do not fit together and never ship. Optional packages are followed by nobody.
 */
export function productionPackages(lock: LockFile): readonly ProductionPackage[] {
  const found = new Map<string, ProductionPackage>();
  const visit = (path: string) => {
    const locked = lock.packages[path];
    if (!locked?.version || found.has(path)) return;
    const asksFor = wanted(locked).flatMap((name) => locate(lock, path, name) ?? []);
    const name = path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);
    found.set(path, { ...locked, name, path, version: locked.version, asksFor });
    for (const next of asksFor) visit(next);
  };
  for (const name of Object.keys(lock.packages['']?.dependencies ?? {})) visit(FOLDER + name);
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function wanted(locked: LockedPackage): readonly string[] {
  const peers = Object.keys(locked.peerDependencies ?? {}).filter(
    (name) => !locked.peerDependenciesMeta?.[name]?.optional,
  );
  const optional = new Set(Object.keys(locked.optionalDependencies ?? {}));
  return [...Object.keys(locked.dependencies ?? {}), ...peers].filter(
    (name) => !optional.has(name),
  );
}

/** Node's rule: the nearest `node_modules` above that has it. */
function locate(lock: LockFile, from: string, name: string): string | undefined {
  let folder = from;
  while (folder !== '') {
    const path = `${folder}/node_modules/${name}`;
    if (lock.packages[path]) return path;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf(FOLDER) - 1));
  }
  return lock.packages[FOLDER + name] ? FOLDER + name : undefined;
}
