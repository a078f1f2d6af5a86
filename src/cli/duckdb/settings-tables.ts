import { MODEL_STATES } from '#src/domain/recommendation.ts';
import type { ChangeRow } from '#src/domain/tables/changes.ts';
import { localCalendar } from '#src/domain/tables/derive/local-calendar.ts';
import { modelHistory } from '#src/domain/tables/derive/model-history.ts';
import type { TableSettings } from '#src/domain/tables/derive/settings.ts';
import { reasonCells } from '#src/domain/tables/reason-columns.ts';
import { text } from '#src/sql/fhirpath/compile.ts';
import { EVER } from '#src/sql/tables/lookups.ts';
import type { Database } from './database.ts';

type Value = string | number | boolean | null | undefined;
const value = (one: Value): string =>
  one === null || one === undefined ? 'NULL' : typeof one === 'string' ? text(one) : String(one);

/** A small table of values that TypeScript worked out. @param columns names with their SQL types. */
export async function smallTable(
  db: Database,
  name: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly (readonly Value[])[],
): Promise<void> {
  const types = Object.entries(columns).map(([column, type]) => `"${column}" ${type}`);
  await db.run(`CREATE OR REPLACE TABLE ${name} (${types.join(', ')})`);
  for (let at = 0; at < rows.length; at += 1_000) {
    const some = rows.slice(at, at + 1_000).map((row) => `(${row.map(value).join(', ')})`);
    await db.run(`INSERT INTO ${name} VALUES ${some.join(', ')}`);
  }
}

/** Sites, their units and zones, and rules whose silence means something. */
export async function siteTables(db: Database, settings: TableSettings): Promise<void> {
  const { sites, negatives = [] } = settings;
  // Throws where a zone is none, as the other engine does.
  for (const { timeZone } of sites) localCalendar(timeZone);
  const once = new Map(sites.map(({ site, timeZone }) => [site, timeZone]));
  const units = new Map(
    sites.flatMap(({ site, units = [] }) => units.map((unit) => [unit, site] as const)),
  );
  const name = { unit: 'VARCHAR', site: 'VARCHAR' };
  await smallTable(db, 'home', { site: 'VARCHAR' }, [[sites[0].site]]);
  await smallTable(db, 'sites', { site: 'VARCHAR', zone: 'VARCHAR' }, [...once]);
  await smallTable(db, 'site_units', name, [...units]);
  await smallTable(
    db,
    'negatives',
    { rule: 'VARCHAR', outcome_code: 'VARCHAR' },
    negatives.map(({ rule, outcome_code }) => [rule, outcome_code]),
  );
}

/** Category and owner of every reason that was given (`reason-columns.ts`). */
export async function reasonTable(db: Database): Promise<void> {
  const codes = await db.rows('SELECT DISTINCT reason_code AS code FROM raw_decisions');
  await smallTable(
    db,
    'reasons',
    { code: 'VARCHAR', category: 'VARCHAR', owner: 'VARCHAR' },
    codes.flatMap(({ code }) => {
      if (typeof code !== 'string') return [];
      const { reason_category, reason_owner } = reasonCells([{ system: '', code }]);
      return [[code, reason_category, reason_owner]];
    }),
  );
}

const byChange = (a: ChangeRow, b: ChangeRow): number =>
  (b.changed_at ?? -EVER) - (a.changed_at ?? -EVER) ||
  (b.recorded_at ?? 0) - (a.recorded_at ?? 0) ||
  (a.change_id < b.change_id ? -1 : 1);

/** What the site states of every model that has a row, and the change log in the order in which it holds. */
export async function modelTables(
  db: Database,
  settings: TableSettings,
  changes: readonly ChangeRow[],
): Promise<void> {
  const history = modelHistory([], settings.models);
  const models = await db.rows(
    ['decisions', 'exposures', 'recommendations', 'scores']
      .map((name) => `SELECT DISTINCT model_id, model_version FROM read_${name}`)
      .join(' UNION '),
  );
  const stated = models.map(({ model_id, model_version }) => {
    const model = { model_id: word(model_id), model_version: word(model_version) };
    return { ...model, said: history.settingsOf(model) };
  });
  const key = { model_id: 'VARCHAR', model_version: 'VARCHAR' };
  const numbers = { threshold: 'DOUBLE', horizon_h: 'DOUBLE' };
  await smallTable(
    db,
    'model_stated',
    { ...key, ...numbers, outcome_code: 'VARCHAR', has_actions: 'BOOLEAN' },
    stated.map(({ model_id, model_version, said }) => [
      ...[model_id, model_version, said?.threshold, said?.horizon_h, said?.outcome_code],
      said?.actions !== undefined,
    ]),
  );
  await smallTable(
    db,
    'model_actions',
    { ...key, rule: 'VARCHAR' },
    stated.flatMap(({ model_id, model_version, said }) =>
      [...new Set(said?.actions)].map((rule) => [model_id, model_version, rule]),
    ),
  );
  await changeTable(db, changes);
  await db.run(`CREATE TABLE model_settings AS SELECT s.*, t.thresholds, t.states FROM model_stated s LEFT JOIN (
    SELECT s.model_id, s.model_version, ${changeList('threshold')} AS thresholds, ${changeList('state')} AS states
    FROM model_stated s JOIN model_changes c ON c.model_id = s.model_id
      AND coalesce(c.model_version, s.model_version) = s.model_version
    GROUP BY s.model_id, s.model_version) t
    ON t.model_id = s.model_id AND t.model_version = s.model_version`);
}

/** What was said of a model, in the order in which it holds. */
const changeList = (kind: 'threshold' | 'state'): string =>
  `list({ changed_at: c.changed_at, until: c.until, said: c.${kind} } ORDER BY c.nth) FILTER (c.kind = '${kind}')`;

const word = (cell: unknown): string | null => (typeof cell === 'string' ? cell : null);

async function changeTable(db: Database, changes: readonly ChangeRow[]): Promise<void> {
  const inOrder = changes.filter(({ status }) => status === 'final').toSorted(byChange);
  await smallTable(
    db,
    'model_changes',
    {
      ...{ nth: 'BIGINT', kind: 'VARCHAR', model_id: 'VARCHAR', model_version: 'VARCHAR' },
      ...{ changed_at: 'BIGINT', until: 'BIGINT', threshold: 'DOUBLE', state: 'VARCHAR' },
    },
    inOrder.map((row, nth) => {
      const threshold = Number(row.to_value ?? Number.NaN);
      const state = MODEL_STATES.find((one) => one === row.to_value) ?? 'unknown';
      return [
        ...[nth, row.kind, row.model_id, row.model_version],
        ...[row.changed_at ?? -EVER, row.until ?? EVER],
        Number.isFinite(threshold) ? threshold : null,
        row.to_value === null ? null : state,
      ];
    }),
  );
}
