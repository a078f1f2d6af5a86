import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { billOfMaterials } from './cyclonedx.ts';
import { type LockFile, productionPackages } from './lock-file.ts';

const FOLDER = 'node_modules/';

/** "node_modules/a" of a module's path; undefined for our own. */
function packageOf(moduleId: string, root: string): string | undefined {
  const path = moduleId.replaceAll('\\', '/').replace(/^\0/, '');
  if (!path.startsWith(`${root}/${FOLDER}`)) return undefined;
  const start = path.lastIndexOf(FOLDER) + FOLDER.length;
  const [first = '', second = ''] = path.slice(start).split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  return path.slice(root.length + 1, start) + name;
}

interface Chunk {
  readonly type: string;
  readonly moduleIds?: readonly string[];
}

/**
 * Writes a software bill of materials with every build, beside the app and not in it: what is
 * deployed is served, and this is for those who deploy it.
 */
export function sbom(file: string) {
  let root = '';
  return {
    name: 'clinician-feedback-sbom',
    apply: 'build' as const,
    configResolved(config: { readonly root: string }) {
      root = config.root;
    },
    async writeBundle(_options: unknown, bundle: Readonly<Record<string, Chunk>>) {
      const moduleIds = Object.values(bundle).flatMap((chunk) => chunk.moduleIds ?? []);
      const lock = readJson<LockFile>(join(root, 'package-lock.json'));
      const bill = billOfMaterials({
        lock,
        packages: productionPackages(lock),
        bundled: new Set(moduleIds.flatMap((id) => packageOf(id, root) ?? [])),
        licenseOf: (path) => licenseIn(join(root, path, 'package.json')),
      });
      await mkdir(join(root, 'dist'), { recursive: true });
      await writeFile(join(root, file), `${JSON.stringify(bill, undefined, 2)}\n`);
    },
  };
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** `license`, or the `licenses` of before 2014. */
function licenseIn(path: string): string | undefined {
  const { license, licenses } = readJson<{ license?: string; licenses?: { type: string }[] }>(path);
  return license ?? licenses?.map((one) => one.type).join(' OR ');
}
