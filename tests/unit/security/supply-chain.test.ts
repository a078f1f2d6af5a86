import { readFileSync } from 'node:fs';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { billOfMaterials } from '#src/cli/sbom/cyclonedx.ts';
import { type LockFile, productionPackages } from '#src/cli/sbom/lock-file.ts';

const text = readFileSync('package-lock.json', 'utf8');
const lock = JSON.parse(text) as LockFile;
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
};

describe('package-lock.json', () => {
  it('names no server from which anything is downloaded', () => {
    // A link points into this repository; anything else would name a host.
    const named = Object.values(lock.packages).filter((one) => one.resolved?.includes('://'));
    expect(named).toEqual([]);
    expect(text).not.toMatch(/"https?:\/\/[^"]*\.tgz/);
  });

  it('holds every production package to a SHA-512', () => {
    const loose = productionPackages(lock).filter((one) => !/^sha512-/.test(one.integrity ?? ''));
    expect(loose.map((one) => one.path)).toEqual([]);
  });

  it('has no production package that its authors gave up', () => {
    const given = productionPackages(lock).filter((one) => one.deprecated !== undefined);
    expect(given.map((one) => `${one.name}: ${one.deprecated}`)).toEqual([]);
  });
});

describe('the packages of production', () => {
  it('are what `dependencies` leads to: each of them, and no development tool', () => {
    const names = productionPackages(lock).map((one) => one.name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    for (const tool of ['vite', 'vitest', 'msw', 'typescript', '@playwright/test', 'react-native'])
      expect(names).not.toContain(tool);
  });

  const small: LockFile = {
    name: 'app',
    version: '1.0.0',
    packages: {
      '': { dependencies: { a: '1' } },
      'node_modules/a': {
        version: '1.0.0',
        license: 'MIT',
        integrity: `sha512-${Buffer.from('a').toString('base64')}`,
        dependencies: { b: '2', c: '1', gone: '1' },
        optionalDependencies: { c: '1' },
        peerDependencies: { d: '*', e: '*' },
        peerDependenciesMeta: { e: { optional: true } },
      },
      'node_modules/a/node_modules/b': { version: '2.0.0', dependencies: { '@s/d': '1' } },
      'node_modules/b': { version: '1.0.0', license: 'MIT' },
      'node_modules/c': { version: '1.0.0' },
      'node_modules/d': { version: '1.0.0', license: 'ISC', dependencies: { a: '1' } },
      'node_modules/e': { version: '1.0.0' },
      'node_modules/@s/d': { version: '3.0.0', license: '(MIT OR CC0-1.0)' },
    },
  };

  it('are found as Node finds them: nearest first, no optional ones, circles end', () => {
    expect(productionPackages(small).map((one) => one.path)).toEqual([
      'node_modules/@s/d',
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/d',
    ]);
  });

  it('make a CycloneDX bill that says what is in the app, and is the same each time', () => {
    const bill = () =>
      billOfMaterials({
        lock: small,
        packages: productionPackages(small),
        bundled: new Set(['node_modules/a']),
        licenseOf: (path) =>
          path === 'node_modules/a/node_modules/b' ? 'BSD-2-Clause' : undefined,
      });
    expect(bill()).toEqual(bill());
    const { components, dependencies, ...head } = bill();
    expect(head).toEqual({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: {
        component: { type: 'application', 'bom-ref': 'app@1.0.0', name: 'app', version: '1.0.0' },
      },
    });
    expect(components.map((one) => [one.purl, one.scope, one.licenses])).toEqual([
      ['pkg:npm/%40s/d@3.0.0', 'excluded', [{ expression: '(MIT OR CC0-1.0)' }]],
      ['pkg:npm/a@1.0.0', 'required', [{ license: { id: 'MIT' } }]],
      ['pkg:npm/b@2.0.0', 'excluded', [{ license: { id: 'BSD-2-Clause' } }]],
      ['pkg:npm/d@1.0.0', 'excluded', [{ license: { id: 'ISC' } }]],
    ]);
    expect(components[1]?.hashes).toEqual([{ alg: 'SHA-512', content: '61' }]);
    expect(dependencies.slice(0, 3)).toEqual([
      { ref: 'app@1.0.0', dependsOn: ['pkg:npm/a@1.0.0'] },
      { ref: 'pkg:npm/%40s/d@3.0.0', dependsOn: [] },
      { ref: 'pkg:npm/a@1.0.0', dependsOn: ['pkg:npm/b@2.0.0', 'pkg:npm/d@1.0.0'] },
    ]);
  });
});

describe('the app that is built', () => {
  it('holds no code of isomorphic-webcrypto, of what that asks for, or of a logger of tokens', async () => {
    const outputs = await build({ logLevel: 'silent', build: { write: false } });
    const chunks = [outputs].flat().flatMap((one) => ('output' in one ? one.output : []));
    const modules = chunks.flatMap((chunk) => ('moduleIds' in chunk ? chunk.moduleIds : []));
    const packages = new Set(
      modules.flatMap((id) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []),
    );
    expect(packages).toContain('fhirclient');
    for (const kept of ['isomorphic-webcrypto', 'msrcrypto', 'asmcrypto.js', 'core-js', 'debug'])
      expect([...packages]).not.toContain(kept);
    const code = chunks.map((chunk) => ('code' in chunk ? chunk.code : '')).join('\n');
    expect(code).not.toMatch(/msCrypto|msrCrypto|asmCrypto|webcrypto-shim/);
  }, 60_000);
});
