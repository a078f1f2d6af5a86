import { isSmall, LARGEST_SMALL } from '#src/domain/disclosure/count-table.ts';
import type { Profile } from '#src/domain/privacy/profile.ts';
import type { Removal } from '#src/domain/privacy/removals.ts';
import { SCHEMA_VERSION } from '#src/domain/tables/schema.ts';
import type { WrittenFile, WrittenTable } from './datapackage.ts';
import { type FoundRows, reconciled, type SearchCount } from './reconcile.ts';

/** Where the rows were read, and what was wrong there. */
export interface Origin {
  readonly kind: string;
  /** Folder or address. */
  readonly place: string;
  /** What was asked of it: `--since`, `--cap`, `--as-of`. */
  readonly query: Readonly<Record<string, string>>;
  /** FHIR resources that were read; absent for flat tables. */
  readonly resources?: number;
  /** What each search gave; absent where no server was searched. */
  readonly searched?: readonly SearchCount[];
  /** Absent for flat tables. */
  readonly found?: FoundRows;
  /** False where something was left unread. */
  readonly whole: boolean;
  readonly problems: readonly {
    readonly place: string;
    readonly message: string;
    readonly times: number;
  }[];
}

export interface ManifestParts {
  readonly profile: Profile;
  readonly freeText: boolean;
  readonly appVersion: string;
  /** ISO 8601. */
  readonly writtenAt: string;
  readonly origin: Origin;
  readonly tables: readonly WrittenTable[];
  /** All files but the manifest. */
  readonly files: readonly WrittenFile[];
  readonly removals: readonly Removal[];
  /** Whether names were kept in a key file; never which. */
  readonly keyed: boolean;
}

const total = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Paths, addresses and messages stay at home: they name a hospital, and may name more. */
function originFor({ profile, origin }: ManifestParts): object {
  const { kind, place, query, resources, whole, problems } = origin;
  const counts = { whole, ...(resources !== undefined && { resources }) };
  const times = total(problems.map((one) => one.times));
  if (profile !== 'operational')
    return { kind, ...counts, restrictedBy: Object.keys(query), problemsFound: times };
  return { kind, place, query, ...counts, problems };
}

/** `manifest.json`: where it came from, what is in it, what is not, and how to tell that it is whole. */
export function manifest(parts: ManifestParts): object {
  const { profile, freeText, tables, files, removals } = parts;
  return {
    format: 'clinician-feedback research package',
    formatVersion: 1,
    schemaVersion: SCHEMA_VERSION,
    appVersion: parts.appVersion,
    // Of no patient, and still no more than a year where no day may be told.
    writtenAt: profile === 'deidentified' ? parts.writtenAt.slice(0, 4) : parts.writtenAt,
    profile,
    freeText: freeText
      ? 'included as typed; identifying'
      : 'left out; comment_present says where there was some',
    names:
      profile === 'operational'
        ? 'real'
        : `random, ${parts.keyed ? 'with a key that the site holds' : 'without a key'}`,
    smallCells:
      profile === 'operational'
        ? 'exact'
        : `counts of 1–${LARGEST_SMALL} and their complements are left out of every aggregate`,
    source: originFor(parts),
    reconciled: reconciled(parts.origin.searched, parts.origin.found, tables),
    rows: Object.fromEntries(tables.map(({ table, rows }) => [table.name, rows])),
    removed: removals.map(({ cells, ...one }) => ({
      ...one,
      cells: profile !== 'operational' && isSmall(cells) ? `1–${LARGEST_SMALL}` : cells,
    })),
    files,
  };
}
