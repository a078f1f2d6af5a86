import { LARGEST_SMALL } from '#src/domain/disclosure/count-table.ts';
import type { WrittenFile } from '#src/domain/export/datapackage.ts';
import {
  ANSWER_EVENTS,
  dictionaryYaml,
  EVENTS,
  mainConfig,
  metadataJson,
  PREDICTIONS,
  type ScoredModel,
  SEISMOMETER_README,
  usageConfig,
} from '#src/domain/export/seismometer.ts';
import type { Row } from './encoder.ts';
import { type PackageTarget, writeText } from './package-target.ts';
import { openTable, type TableFiles } from './table-files.ts';

interface OpenModel {
  readonly folder: string;
  readonly file: TableFiles;
  readonly thresholds: Set<number>;
  target: string | null;
  horizonH: number | null;
}

const ROOT = 'seismometer';

/** Epoch ms, or ms from a patient's time zero as if that were 1970: intervals are the same. */
const timeOf = (row: Row, stem: string): unknown =>
  row[`${stem}_at`] ?? row[`${stem}_from_zero_ms`] ?? null;

const eventOf = (row: Row, Type: string, Time: unknown, Value: number): Row => ({
  entity_id: row.patient_id,
  context_id: row.encounter_id,
  Type,
  Time,
  Value,
});

function eventsOf(table: string, row: Row): readonly Row[] {
  if (row.status !== 'final') return [];
  if (table === 'decisions') {
    const name = ANSWER_EVENTS[String(row.response)];
    return name !== undefined && row.is_head !== false
      ? [eventOf(row, name, timeOf(row, 'decided'), 1)]
      : [];
  }
  if (table !== 'outcomes' || row.label === null) return [];
  const at = timeOf(row, 'happened');
  if (row.kind === 'action') return [eventOf(row, `action ${row.outcome_code}`, at, 1)];
  return at === null
    ? []
    : [eventOf(row, String(row.outcome_code), at, row.label === true ? 1 : 0)];
}

/** The bundle for seismometer, written while scores, answers and outcomes pass by. */
export async function seismometerFiles(target: PackageTarget) {
  const models = new Map<string, OpenModel>();
  const types = new Set<string>();
  let events: TableFiles | undefined;

  async function modelOf(id: string): Promise<OpenModel> {
    const there = models.get(id);
    if (there) return there;
    // By number: an identifier need not be a name that a folder may have.
    const folder = `${ROOT}/model-${String(models.size + 1).padStart(2, '0')}`;
    const file = await openTable(target, PREDICTIONS, ['parquet'], folder);
    const made = { folder, file, thresholds: new Set<number>(), target: null, horizonH: null };
    models.set(id, made);
    return made;
  }

  async function seeScores(rows: readonly Row[]): Promise<void> {
    const counted = rows.filter((row) => row.status === 'final' && row.score !== null);
    for (const [id, some] of Map.groupBy(counted, ({ model_id }) => model_id)) {
      if (typeof id !== 'string') continue;
      const model = await modelOf(id);
      for (const { threshold, outcome_code, horizon_h } of some) {
        if (typeof threshold === 'number') model.thresholds.add(threshold);
        if (typeof outcome_code === 'string') model.target ??= outcome_code;
        if (typeof horizon_h === 'number') model.horizonH ??= horizon_h;
      }
      await model.file.add(
        some.map((row) => ({
          ...row,
          entity_id: row.patient_id,
          context_id: row.encounter_id,
          predict_time: timeOf(row, 'scored'),
        })),
      );
    }
  }

  async function closeModel(id: string, model: OpenModel): Promise<readonly WrittenFile[]> {
    const { folder, thresholds, target: aim, horizonH } = model;
    const actions = [...types].filter((name) => name.startsWith('action ')).toSorted();
    const scored: ScoredModel = {
      ...{ id, target: aim, horizonH, actions },
      thresholds: [...thresholds].toSorted((a, b) => a - b),
    };
    return [
      ...(await model.file.close()).files,
      await writeText(target, `${folder}/config.yml`, mainConfig()),
      await writeText(target, `${folder}/usage_config.yml`, usageConfig(scored, LARGEST_SMALL + 1)),
      await writeText(target, `${folder}/metadata.json`, metadataJson(scored)),
    ];
  }

  return {
    async see(table: string, rows: readonly Row[]): Promise<void> {
      if (table === 'scores') await seeScores(rows);
      if (models.size === 0) return;
      const found = rows.flatMap((row) => eventsOf(table, row));
      if (found.length === 0) return;
      for (const { Type } of found) types.add(String(Type));
      events ??= await openTable(target, EVENTS, ['parquet'], ROOT);
      await events.add(found);
    },
    /** Nothing is written where no model has a score. */
    async close(): Promise<readonly WrittenFile[]> {
      if (models.size === 0) return [];
      events ??= await openTable(target, EVENTS, ['parquet'], ROOT);
      const files: WrittenFile[] = [...(await events.close()).files];
      for (const [id, model] of models) files.push(...(await closeModel(id, model)));
      files.push(await writeText(target, `${ROOT}/dictionary.yml`, dictionaryYaml([...types])));
      files.push(await writeText(target, `${ROOT}/README.md`, SEISMOMETER_README));
      return files;
    },
  };
}
