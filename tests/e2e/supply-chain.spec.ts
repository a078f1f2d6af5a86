import { readFileSync } from 'node:fs';
import { type LockFile, productionPackages } from '#src/cli/sbom/lock-file.ts';
import { expect, test } from './stage.ts';

const ACCEPTED = /^(MIT|Apache-2\.0|BSD-[23]-Clause|ISC|0BSD|Unlicense)$/;

interface Component {
  readonly name: string;
  readonly purl: string;
  readonly scope: string;
  readonly licenses: readonly {
    readonly license?: { readonly id: string };
    readonly expression?: string;
  }[];
  readonly hashes: readonly { readonly content: string }[];
}

const text = readFileSync('dist/sbom.cdx.json', 'utf8');
const bill = JSON.parse(text) as {
  bomFormat: string;
  specVersion: string;
  components: Component[];
};
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** One of the choices of an expression is enough. */
const accepted = ({ license, expression = '' }: Component['licenses'][number]): boolean =>
  license
    ? ACCEPTED.test(license.id)
    : expression
        .replace(/[()]/g, '')
        .split(' OR ')
        .some((one) => ACCEPTED.test(one));

test.describe('the software bill of materials of this build', () => {
  test('lists exactly what production asks for, under licences that we accept', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile;
    const wanted = productionPackages(lock).map((one) => `${one.name}@${one.version}`);
    const listed = bill.components.map(({ purl }) =>
      decodeURIComponent(purl.replace('pkg:npm/', '')),
    );
    expect(listed.toSorted()).toEqual(wanted.toSorted());
    const others = bill.components.filter(
      ({ licenses }) => licenses.length === 0 || !licenses.every(accepted),
    );
    expect(others.map(({ name, licenses }) => [name, licenses])).toEqual([]);
    expect(bill.components.filter(({ hashes }) => hashes.length === 0)).toEqual([]);
  });

  test('says what is in the app and what is not', () => {
    const scopes = new Map(bill.components.map(({ name, scope }) => [name, scope]));
    // zod: the export page reads a site's settings with it; no launch loads it.
    for (const name of [
      'react',
      'react-dom',
      'fhirclient',
      '@tanstack/react-query',
      'zustand',
      'zod',
    ])
      expect(scopes.get(name), name).toBe('required');
    for (const name of ['core-js', 'jose']) expect(scopes.get(name), name).toBe('excluded');
  });

  test('names no download server and no moment, and is of this version', () => {
    expect(text).not.toMatch(/https?:\/\/|timestamp|serialNumber/);
    expect(JSON.parse(text)).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { component: { name: 'clinician-feedback', version } },
    });
  });

  test('is not served', async ({ stage }) => {
    for (const path of ['sbom.cdx.json', '../sbom.cdx.json', '%2e%2e/sbom.cdx.json'])
      expect((await fetch(stage.appUrl + path)).status, path).toBe(404);
  });
});
