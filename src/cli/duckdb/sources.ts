import { DECISIONS_VIEW, EXPOSURES_VIEW } from '#src/fhir/views/feedback.ts';
import type { View } from '#src/fhir/views/view.ts';
import { text } from '#src/sql/fhirpath/compile.ts';
import { nothingUsed, sqlType, type Used, use } from '#src/sql/fhirpath/used.ts';
import { viewSql } from '#src/sql/flatten/view-sql.ts';
import type { Database } from './database.ts';
import type { InSql } from './folder.ts';

const VIEWS_OF: Readonly<Record<InSql, readonly View[]>> = {
  Observation: [DECISIONS_VIEW, EXPOSURES_VIEW],
  RiskAssessment: [],
};

/** Elements that `sql/tables/read-inferences.ts` looks at. */
const INFERENCE = [
  ...['contained', 'extension', 'modifierExtension', 'basedOn', 'occurrenceDateTime', 'status'],
  ...['subject.reference', 'encounter.reference', 'parent.reference'],
  ...['identifier.system', 'identifier.value'],
  ...['reference', 'type', 'display', 'identifier.system', 'identifier.value'].map(
    (name) => `performer.${name}`,
  ),
  ...['code', 'method', 'prediction.outcome', 'prediction.qualitativeRisk'].flatMap((name) => [
    `${name}.text`,
    ...['system', 'code', 'display'].map((part) => `${name}.coding.${part}`),
  ]),
  ...['probabilityDecimal', '_probabilityDecimal', 'relativeRisk', 'whenPeriod', 'extension'].map(
    (name) => `prediction.${name}`,
  ),
  ...['low.value', 'low.code', 'low.unit', 'high.value', 'high.code', 'high.unit', 'extension'].map(
    (name) => `prediction.probabilityRange.${name}`,
  ),
  ...['value', 'code', 'unit'].map((name) => `prediction.whenRange.high.${name}`),
];

const ALWAYS = ['resourceType', 'id', 'meta.versionId', 'meta.lastUpdated'];

function mark(root: Used, path: string): void {
  let at: Used | undefined = root;
  for (const name of path.split('.')) at = at && use(at, name);
  if (at === undefined) throw new RangeError(`There is no ${path} in ${root.type}.`);
}

/** Files to DuckDB’s `read_json` with the type of every element that is used; a bad line is all null. */
export const readJson = (files: readonly string[], used: Used): string =>
  `read_json([${files.map(text).join(', ')}], format = 'newline_delimited', ignore_errors = true,
    filename = true, maximum_object_size = 67108864, columns = {${[...used.members]
      .map(([name, element]) => `${text(name)}: ${text(sqlType(element))}`)
      .join(', ')}})`;

/**
 * `source_<type>`: the elements that views and readers use, and `raw_<view>` for each view of the type.
 * One pass over the files, whatever number of tables they fill.
 */
export async function loadSources(
  db: Database,
  type: InSql,
  files: readonly string[],
): Promise<void> {
  const used = nothingUsed(type);
  const source = `source_${type.toLowerCase()}`;
  for (const path of ALWAYS) mark(used, path);
  if (type === 'RiskAssessment') for (const path of INFERENCE) mark(used, path);
  const views = VIEWS_OF[type].map((view) => [view.name, viewSql(view, source, used)] as const);
  if (files.length > 0)
    await db.run(`CREATE TABLE ${source} AS SELECT * FROM ${readJson(files, used)}`);
  else {
    const columns = [...used.members].map(([name, element]) => `"${name}" ${sqlType(element)}`);
    await db.run(`CREATE TABLE ${source} (${[...columns, 'filename VARCHAR'].join(', ')})`);
  }
  for (const [name, sql] of views) await db.run(`CREATE VIEW raw_${name} AS ${sql}`);
}
