import type { LockFile, ProductionPackage } from './lock-file.ts';

export interface BillOfMaterials {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly version: 1;
  readonly metadata: { readonly component: object };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

export interface Component {
  readonly type: 'library';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  /** `required`: its code is in the app. `excluded`: asked for, and left out of the app. */
  readonly scope: 'required' | 'excluded';
  readonly licenses: readonly object[];
  readonly hashes: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
}

export interface Contents {
  readonly lock: LockFile;
  readonly packages: readonly ProductionPackage[];
  /** "node_modules/a": whose code the bundler put into the app. */
  readonly bundled: ReadonlySet<string>;
  /** For packages whose lock entry names none: old ones have it in their package.json only. */
  readonly licenseOf: (path: string) => string | undefined;
}

/**
 * CycloneDX 1.6, reproducible: no time, no serial number, no address of any download server. The same
 * lock file and the same sources give the same bytes.
 */
export function billOfMaterials(contents: Contents): BillOfMaterials {
  const { lock, packages } = contents;
  const root = `${lock.name}@${lock.version}`;
  const refs = new Map(packages.map((one) => [one.path, purl(one)]));
  const refsOf = (paths: readonly string[]) => [
    ...new Set(paths.flatMap((path) => refs.get(path) ?? [])),
  ];
  const direct = Object.keys(lock.packages['']?.dependencies ?? {});
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', 'bom-ref': root, name: lock.name, version: lock.version },
    },
    components: packages.map((one) => component(one, contents)),
    dependencies: [
      { ref: root, dependsOn: refsOf(direct.map((name) => `node_modules/${name}`)) },
      ...packages.map((one) => ({ ref: purl(one), dependsOn: refsOf(one.asksFor) })),
    ],
  };
}

function component(one: ProductionPackage, { bundled, licenseOf }: Contents): Component {
  const license = one.license ?? licenseOf(one.path);
  return {
    type: 'library',
    'bom-ref': purl(one),
    name: one.name,
    version: one.version,
    purl: purl(one),
    scope: bundled.has(one.path) ? 'required' : 'excluded',
    licenses: license ? [asLicense(license)] : [],
    hashes: hashes(one.integrity),
  };
}

const asLicense = (text: string): object =>
  /^[\w.+-]+$/.test(text) ? { license: { id: text } } : { expression: text };

/** https://github.com/package-url/purl-spec: the scope's @ is escaped. */
const purl = ({ name, version }: ProductionPackage): string =>
  `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

function hashes(integrity: string | undefined): Component['hashes'] {
  const sha512 = integrity?.split(' ').find((one) => one.startsWith('sha512-'));
  if (!sha512) return [];
  return [{ alg: 'SHA-512', content: Buffer.from(sha512.slice(7), 'base64').toString('hex') }];
}
