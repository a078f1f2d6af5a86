import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { csvRecords } from '#src/cli/sources/csv-records.ts';
import { REDCAP_COLUMNS, redcapDictionary } from '#src/domain/export/redcap.ts';
import { yaml } from '#src/domain/export/yaml.ts';
import type { Table } from '#src/domain/tables/column.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import { RESPONSE_UNITS } from '#src/domain/tables/response-units.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import { SCORES } from '#src/domain/tables/scores.ts';
import { writePackage } from '#src/io/tables-out/write-package.ts';
import { memoryTarget, packageOptions, parquetHead, parquetRows, rowsOf } from './memory-target.ts';

const EMPTY = Object.values<Table>(TABLES).map((table) => [table, []] as const);

async function written(
  given: Parameters<typeof packageOptions>[0],
  more: Parameters<typeof rowsOf>[0] = [],
) {
  const named = more.map(([table]) => table.name);
  const rows = [...EMPTY.filter(([table]) => !named.includes(table.name)), ...more];
  const target = memoryTarget();
  await writePackage(rowsOf(rows), target, packageOptions(given));
  return target;
}

async function* linesOf(text: string) {
  yield* text.split('\n').slice(0, -1);
}
async function recordsOf(text: string) {
  const records: Readonly<Record<string, string>>[] = [];
  for await (const { cells } of csvRecords(linesOf(text))) records.push(cells);
  return records;
}

/** What Table Schema 1.0 says of a descriptor, as far as this project writes one. */
const TABLE_SCHEMA = {
  type: 'object',
  required: ['fields', 'missingValues', 'primaryKey'],
  additionalProperties: false,
  properties: {
    fields: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name', 'type', 'description'],
        properties: {
          type: { enum: ['string', 'integer', 'number', 'boolean', 'datetime', 'date'] },
          format: { enum: ['any'] },
          constraints: {
            type: 'object',
            additionalProperties: false,
            properties: {
              required: { type: 'boolean' },
              unique: { type: 'boolean' },
              enum: { type: 'array', minItems: 1, uniqueItems: true },
              minimum: { type: 'number' },
              maximum: { type: 'number' },
            },
          },
        },
      },
    },
    missingValues: { type: 'array', items: { type: 'string' } },
    primaryKey: { type: 'array', items: { type: 'string' }, minItems: 1 },
    foreignKeys: {
      type: 'array',
      items: {
        type: 'object',
        required: ['fields', 'reference'],
        properties: { reference: { type: 'object', required: ['resource', 'fields'] } },
      },
    },
  },
};

interface Descriptor {
  readonly name: string;
  readonly path: string;
  readonly schema: {
    readonly fields: readonly { readonly name: string }[];
    readonly primaryKey: readonly string[];
    readonly foreignKeys?: readonly {
      readonly fields: readonly string[];
      readonly reference: { readonly resource: string; readonly fields: readonly string[] };
    }[];
  };
}

describe.each(['operational', 'deidentified'] as const)('datapackage.json, %s', (profile) => {
  it('describes every file by its header, and keys that are there', async () => {
    const target = await written({ profile });
    const { resources } = JSON.parse(target.text('datapackage.json')) as {
      resources: Descriptor[];
    };
    const validate = new Ajv().compile(TABLE_SCHEMA);
    for (const { name, path, schema } of resources) {
      expect([name, validate(schema), validate.errors]).toEqual([name, true, null]);
      const fields = schema.fields.map((field) => field.name);
      expect(target.text(path).split('\r\n')[0]).toBe(fields.join(','));
      expect(fields).toEqual(expect.arrayContaining([...schema.primaryKey]));
      for (const { fields: own, reference } of schema.foreignKeys ?? []) {
        const other = resources.find((one) => one.name === (reference.resource || name));
        expect(fields).toEqual(expect.arrayContaining([...own]));
        expect(other?.schema.primaryKey).toEqual(reference.fields);
      }
    }
    const decisions = resources.find((one) => one.name === 'decisions');
    const keys = decisions?.schema.foreignKeys?.map((key) => key.fields.join('+'));
    expect(keys).toEqual(
      expect.arrayContaining([
        'recommendation_id+recommendation_version',
        'model_id+model_version',
        'exposure_id',
        'replaces_id',
      ]),
    );
  });
});

it('takes rows that come one by one, from the first on each time, and stops when told', async () => {
  const score = { score_id: 's', score_version: '1', prediction: 0, scored_at: 5, status: 'final' };
  let passes = 0;
  const source = {
    tables: [SCORES],
    async *rows() {
      passes++;
      for (let i = 0; i < 12_000; i++) yield { ...score, score_id: `s${i}`, patient_id: 'p' };
    },
  };
  const seen: number[] = [];
  const progress = (_: string, rows: number) => void seen.push(rows);
  const target = memoryTarget();
  await writePackage(source, target, packageOptions({ profile: 'deidentified', progress }));
  expect([passes, seen]).toEqual([2, [5000, 10_000, 12_000]]);
  expect(target.text('csv/scores.csv').split('\r\n')).toHaveLength(12_002);
  const stop = (): never => {
    throw new Error('Stopped.');
  };
  const cut = memoryTarget();
  await expect(writePackage(source, cut, packageOptions({ progress: stop }))).rejects.toThrow(
    'Stopped',
  );
  expect(cut.files.has('manifest.json')).toBe(false);
});

describe('the REDCap dictionary', () => {
  it('has REDCap’s 18 columns, record_id first, one name each, forms together', async () => {
    const text = redcapDictionary(Object.values(TABLES));
    const rows = await recordsOf(text);
    expect(Object.keys(rows[0] ?? {})).toEqual([...REDCAP_COLUMNS]);
    expect(REDCAP_COLUMNS).toHaveLength(18);
    const names = rows.map((row) => row['Variable / Field Name'] ?? '');
    expect(names[0]).toBe('record_id');
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    const forms = rows.map((row) => row['Form Name']);
    const changes = forms.filter((form, at) => form !== forms[at - 1]);
    expect(changes).toEqual(Object.keys(TABLES));
    const flag = (name: string) => rows[names.indexOf(name)]?.['Identifier?'];
    expect(['decisions_patient_id', 'decisions_comment', 'decisions_response'].map(flag)).toEqual([
      'y',
      'y',
      '',
    ]);
  });
});

const unit = (i: number, response: 'accepted' | 'overridden' | null, model: string) =>
  makeRow(RESPONSE_UNITS, {
    recommendation_id: `r${i}`,
    recommendation_version: '1',
    clinician_id: 'c',
    model_id: model,
    model_version: '1.0',
    displays: 1,
    implied: false,
    response,
    was_deferred: false,
    conflict: false,
  });

describe('the table of adoption', () => {
  const units = [
    ...Array.from({ length: 30 }, (_, i) => unit(i, 'accepted', 'sepsis')),
    ...Array.from({ length: 4 }, (_, i) => unit(40 + i, 'overridden', 'sepsis')),
    ...Array.from({ length: 16 }, (_, i) => unit(50 + i, null, 'sepsis')),
  ];
  const adoption = async (profile: 'operational' | 'limited') => {
    const target = await written({ profile }, [[RESPONSE_UNITS, units]]);
    const manifest = JSON.parse(target.text('manifest.json'));
    return { rows: await recordsOf(target.text('views/adoption.csv')), manifest };
  };

  it('is exact inside', async () => {
    const [row] = (await adoption('operational')).rows;
    expect(row).toMatchObject({
      accepted: '30',
      overridden: '4',
      no_response: '16',
      displayed: '50',
    });
    expect(Number(row?.acceptance_of_displayed)).toBe(0.6);
  });

  it('has no small count outside, nor what would give it away; the manifest says how many', async () => {
    const { rows, manifest } = await adoption('limited');
    const [row] = rows;
    const counts = [row?.accepted, row?.modified, row?.overridden, row?.deferred, row?.no_response];
    expect(row?.overridden).toBe('');
    expect(counts.filter((one) => one === '').length).toBeGreaterThan(1);
    expect(row?.acceptance_of_decided).toBe('');
    const said = manifest.removed.find((one: { table: string }) => one.table === 'adoption');
    expect(said.rule).toContain('1–10');
  });
});

describe('the seismometer bundle', () => {
  const score = (i: number, model: string) =>
    makeRow(SCORES, {
      score_id: `s${i}`,
      score_version: '1',
      prediction: 0,
      patient_id: `Patient/${i}`,
      model_id: model,
      score: i / 10,
      threshold: 0.4,
      outcome_code: 'sepsis',
      horizon_h: 6,
      scored_at: 1000 * i,
      status: 'final',
    });

  it('has a folder for each model, with the columns that its configuration names', async () => {
    const rows = [score(1, 'a/b'), score(2, 'a/b'), score(3, 'other')];
    const target = await written({}, [[SCORES, rows]]);
    const one = target.files.get('seismometer/model-01/predictions.parquet') ?? Buffer.alloc(0);
    const [first] = await parquetRows(one);
    expect(first).toMatchObject({ entity_id: 'Patient/1', score: 0.1 });
    expect(first?.predict_time).toEqual(new Date(1000));
    const usage = target.text('seismometer/model-01/usage_config.yml');
    for (const named of usage.matchAll(
      /(?:entity_id|context_id|primary_output|predict_time): "(\w+)"/g,
    ))
      expect(Object.keys(first ?? {})).toContain(named[1]);
    expect(usage).toContain('censor_min_count: 11');
    expect(JSON.parse(target.text('seismometer/model-01/metadata.json'))).toEqual({
      modelname: 'a/b',
      thresholds: [0.4],
    });
    expect(target.files.has('seismometer/model-02/predictions.parquet')).toBe(true);
    expect(target.text('seismometer/README.md')).toContain('**Untested**');
    // What its start-up asks for: no zone, and keys that are no categories.
    const time = parquetHead(one).schema.find(({ name }) => name === 'predict_time');
    expect(time?.logical_type).toMatchObject({ type: 'TIMESTAMP', isAdjustedToUTC: false });
    expect(time?.converted_type).toBeUndefined();
    expect(target.text('seismometer/dictionary.yml')).toMatch(/"entity_id"\n\s+dtype: "object"/);
  });

  it('writes YAML that no reader takes for a number or a no', () => {
    expect(yaml({ a: [{ b: 'no', c: 1 }, 'x: y'], d: [], e: null })).toBe(
      'a:\n  - b: "no"\n    c: 1\n  - "x: y"\nd: []\ne: null\n',
    );
  });
});
