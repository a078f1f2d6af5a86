import type { WrittenFile, WrittenTable } from '#src/domain/export/datapackage.ts';
import { redcapDictionary } from '#src/domain/export/redcap.ts';
import { reportingMap } from '#src/domain/export/reporting-map.ts';
import { safeHarborText } from '#src/domain/export/safe-harbor-text.ts';
import { PYTHON_STARTER, R_STARTER } from '#src/domain/export/starters.ts';
import type { Profile } from '#src/domain/privacy/profile.ts';
import type { Format } from './encoder.ts';
import { type PackageTarget, writeText } from './package-target.ts';

/** What describes the tables to people and to other tools. */
export async function extraFiles(
  target: PackageTarget,
  tables: readonly WrittenTable[],
  { profile, formats }: { readonly profile: Profile; readonly formats: readonly Format[] },
): Promise<readonly WrittenFile[]> {
  const names = tables.map(({ table }) => table.name);
  const flat = tables.filter(({ files }) => files.every(({ path }) => !path.startsWith('views/')));
  const canStart = formats.includes('csv') && names.includes('response_units');
  const files: readonly (readonly [path: string, text: string])[] = [
    ['redcap_data_dictionary.csv', redcapDictionary(flat.map(({ table }) => table))],
    ['reporting-map.md', reportingMap(names)],
    ...(profile === 'deidentified' ? [['SAFE-HARBOR.md', safeHarborText()] as const] : []),
    ...(canStart
      ? [['starter.R', R_STARTER] as const, ['starter.py', PYTHON_STARTER] as const]
      : []),
  ];
  const written: WrittenFile[] = [];
  for (const [path, text] of files) written.push(await writeText(target, path, text));
  return written;
}
