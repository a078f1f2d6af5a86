import { describe, expect, it } from 'vitest';
import { type Import, type SourceFile, sources } from './source.ts';

/** DESIGN.md §2: what each folder may import, of our own folders and of packages. */
interface Rule {
  readonly own: readonly RegExp[];
  readonly packages: readonly RegExp[];
}

const FHIR_TYPES = /^fhir\/r4$/;
const RULES: Readonly<Record<string, Rule>> = {
  'src/domain': { own: [/^src\/domain\//], packages: [/^d3-array$/] },
  'src/fhir': { own: [/^src\/(domain|fhir)\//], packages: [FHIR_TYPES] },
  // SQL is text that is made of data; who runs it is the command line.
  'src/sql': { own: [/^src\/(domain|fhir|sql)\//], packages: [] },
  'src/io': {
    own: [/^src\/(domain|fhir|io)\//],
    packages: [FHIR_TYPES, /^fhirclient\//, /^idb$/, /^zod$/, /^jose$/, /^hyparquet(-writer)?$/],
  },
  'src/state': {
    own: [/^src\/(domain|fhir|state)\//],
    packages: [FHIR_TYPES, /^react$/, /^@tanstack\/react-query$/, /^zustand/],
  },
  'src/ui': { own: [/^src\/ui\//], packages: [/^react$/] },
  'src/features': {
    own: [/^src\/(state|domain|ui)\//],
    packages: [/^react$/, /^@tanstack\/react-router$/],
  },
  'src/app': {
    own: [/^src\/(?!cli\/)/],
    packages: [/^react(-dom)?(\/|$)/, /^@tanstack\//, /^zustand/],
  },
  'src/cli': {
    own: [/^src\/(domain|fhir|io|sql|cli)\//],
    packages: [/^node:/, FHIR_TYPES, /^hyparquet(-compressors)?$/],
  },
  mocks: {
    own: [/^mocks\//, /^src\/fhir\/codes\.ts$/, /^src\/domain\/simulate\//],
    packages: [/^msw(\/|$)/, /^@medplum\//, FHIR_TYPES, /^node:/, /^react(-dom)?(\/|$)/],
  },
};

const folderOf = (path: string) =>
  Object.keys(RULES).find((folder) => path.startsWith(`${folder}/`)) ?? '';

function allowed(file: SourceFile, used: Import): boolean {
  const folder = folderOf(file.path);
  const rule = RULES[folder];
  if (!rule) return true;
  if (used.target === undefined) {
    // Charts by Observable Plot are the dashboard's, and come when the first of them is drawn.
    if (used.specifier === '@observablehq/plot')
      return file.path.startsWith('src/features/dashboard/') && (used.typeOnly || used.dynamic);
    // The engine is a hundred megabytes: loaded where it is asked for.
    if (used.specifier === '@duckdb/node-api')
      return file.path.startsWith('src/cli/duckdb/') && (used.typeOnly || used.dynamic);
    return rule.packages.some((one) => one.test(used.specifier));
  }
  if (folder === 'src/features') {
    const feature = file.path.split('/').slice(0, 3).join('/');
    if (used.target.startsWith(`${feature}/`)) return true;
  }
  // Types may be shared where values may not: state knows io's interfaces, ui the domain's shapes.
  if (used.typeOnly && folder === 'src/state' && used.target.startsWith('src/io/')) return true;
  if (used.typeOnly && folder === 'src/ui' && used.target.startsWith('src/domain/')) return true;
  // `npm start` composes the sandbox; nothing that ships does.
  if (used.dynamic && folder === 'src/cli' && used.target.startsWith('mocks/')) return true;
  return rule.own.some((one) => one.test(used.target ?? ''));
}

const files = [...sources('src'), ...sources('mocks')].filter(
  (file) => !/(^|\/)[^/]*\.config\.ts$/.test(file.path),
);

describe('the import table of DESIGN.md §2', () => {
  it.each(Object.keys(RULES))('%s imports only what it may', (folder) => {
    const broken = files
      .filter((file) => folderOf(file.path) === folder)
      .flatMap((file) =>
        file.imports
          .filter((used) => !/\.(css|svg|json)$/.test(used.specifier))
          .filter((used) => !allowed(file, used))
          .map((used) => `${file.path} → ${used.specifier}`),
      );
    expect(broken).toEqual([]);
  });

  it('keeps fhirclient to io/smart, IndexedDB to io/outbox, zod out of the browser’s launch', () => {
    const users = (packageName: RegExp) =>
      files
        .filter((file) => file.imports.some((used) => packageName.test(used.specifier)))
        .map((file) => file.path);
    expect(users(/^fhirclient/).filter((path) => !path.startsWith('src/io/smart/'))).toEqual([]);
    expect(users(/^idb$/).filter((path) => !path.startsWith('src/io/outbox/'))).toEqual([]);
    expect(users(/^zod$/)).toEqual(['src/io/config/schema.ts', 'src/io/config/settings-schema.ts']);
  });

  it('has no cycle of value imports', () => {
    expect(findCycle()).toEqual([]);
  });

  it('reaches at most one folder up; further goes by #src', () => {
    const far = files.flatMap((file) =>
      file.imports
        .filter((used) => used.specifier.startsWith('../../'))
        .map((used) => `${file.path} → ${used.specifier}`),
    );
    expect(far).toEqual([]);
  });
});

function findCycle(): string[] {
  const graph = new Map(
    files.map((file) => [
      file.path,
      file.imports
        .filter((one) => !one.typeOnly && !one.dynamic && one.target)
        .map((one) => one.target ?? ''),
    ]),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const next of graph.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(path);
    return [];
  };
  for (const path of graph.keys()) {
    const cycle = visit(path, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
