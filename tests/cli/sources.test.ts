import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { readMetricsOptions } from '#src/cli/metrics-options.ts';
import { readFhirServer } from '#src/cli/sources/fhir-server.ts';
import { readSource } from '#src/cli/sources/read-source.ts';
import { readSourceOptions, type SourceArguments } from '#src/cli/sources/source-options.ts';
import { tokenFor } from '#src/cli/sources/token.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import { ConfigError } from '#src/io/config/load.ts';
import { checkSiteTables } from '#src/io/config/load-settings.ts';
import { issuerOf, siteOf } from '#tests/support/connection.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';

const GOLDEN = 'tests/golden/tables';
const cases = readdirSync(GOLDEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

type Json = Readonly<Record<string, unknown>>;

const lines = (path: string): readonly Json[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : [];

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = mkdtempSync(join(tmpdir(), 'sources-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

const ndjson = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

const read = (given: Partial<SourceArguments>) =>
  readSource(readSourceOptions({ 'time-zone': 'UTC', cap: '500000', ...given }));

/** A golden case as a site would keep it: what no resource says in two files. */
function filesOf(name: string) {
  const said = JSON.parse(readFileSync(`${GOLDEN}/${name}/settings.json`, 'utf8'));
  const { sites, models = [], negatives = [], outcomes = [] } = said;
  const sinks = [
    { kind: 'fhir-observation' },
    ...(said.flowsheet ? [{ kind: 'epic-flowsheet', flowsheet: said.flowsheet }] : []),
    ...(said.note ? [{ kind: 'document-note', note: said.note }] : []),
  ];
  const issuer = issuerOf(said.server, {
    hospitalStore: said.sink === 'hospital-store',
    ...said.source,
  });
  const path = folder({
    'settings.json': JSON.stringify({ sites, models, negatives, outcomes }),
    'config.json': JSON.stringify({ ...siteOf(), issuers: [{ ...issuer, sinks }] }),
  });
  return { said, settings: join(path, 'settings.json'), config: join(path, 'config.json') };
}

const bare = (row: object) =>
  Object.fromEntries(
    Object.entries(row).filter(([name, cell]) => cell !== null && name !== 'kind'),
  );

describe('a folder of FHIR', () => {
  it.each(cases)('gives the golden tables of %s, by type and packed', async (name) => {
    const resources = lines(`${GOLDEN}/${name}/fhir.ndjson`);
    const files = Object.fromEntries(
      [...Map.groupBy(resources, ({ resourceType }) => resourceType)].map(([type, some], i) =>
        i % 2 === 0
          ? [`${type}.ndjson`, ndjson(some).replaceAll('\n', '\r\n')]
          : [`${type}.000.ndjson.gz`, gzipSync(ndjson(some).trimEnd())],
      ),
    );
    const { settings, config } = filesOf(name);
    const { tables, from, problems } = await read({ from: folder(files), settings, config });
    for (const table of Object.keys(TABLES) as (keyof typeof TABLES)[])
      expect((tables[table] ?? []).map(bare), table).toEqual(
        lines(`${GOLDEN}/${name}/expected/${table}.ndjson`).map(bare),
      );
    expect(from).toMatchObject({ kind: 'folder', resources: resources.length, whole: true });
    expect(problems.filter(({ message }) => message.includes('JSON'))).toEqual([]);
  });

  it('says which model fires at a score that nobody stated, and nothing where it is stated', async () => {
    const path = folder({
      'fhir.ndjson': readFileSync(`${GOLDEN}/one-hospital/fhir.ndjson`, 'utf8'),
    });
    const said = async (options: object) =>
      (await read({ from: path, ...options })).problems
        .map(({ message }) => message)
        .filter((message) => message.startsWith('No threshold'));
    const unsaid = await said({});
    expect(unsaid.length).toBeGreaterThan(0);
    expect(unsaid[0]).toMatch(/^No threshold of “.+” is known: .* --settings\.$/);
    expect((await said(filesOf('one-hospital'))).length).toBeLessThan(unsaid.length);
  });

  it('takes the last version, leaves out what was deleted, and names a line that is torn', async () => {
    const encounter = (id: string, version: number, status: string) => ({
      resourceType: 'Encounter',
      id,
      meta: { versionId: String(version) },
      status,
      period: { start: '2026-03-02T08:00:00Z' },
    });
    const gone = (id: string, versionId: string) => ({ type: 'Encounter', id, versionId });
    const path = folder({
      'Encounter.ndjson': ndjson([
        encounter('a', 2, 'cancelled'),
        encounter('a', 1, 'finished'),
        encounter('b', 1, 'finished'),
        encounter('c', 1, 'finished'),
        encounter('c', 3, 'in-progress'),
      ]).concat('{"resourceType":"Encounter","id":"to'),
      '_deleted.ndjson': ndjson([gone('b', '2'), gone('c', '2')]),
      'notes.txt': 'nothing of ours',
    });
    const { tables, problems } = await read({ from: path });
    expect(tables.encounters?.map(({ encounter_id, status }) => [encounter_id, status])).toEqual([
      ['Encounter/a', 'entered-in-error'],
      ['Encounter/c', 'final'],
    ]);
    expect(problems).toMatchObject([{ place: `${path}/Encounter.ndjson, line 6`, times: 1 }]);
    const known = await read({ from: path, 'as-of': '2020-01-01T00:00:00Z' });
    expect(known.tables.encounters).toHaveLength(2);
  });

  it('fails with words where there is nothing to read', async () => {
    await expect(read({ from: '/nowhere' })).rejects.toThrow('/nowhere could not be read');
    await expect(read({ from: folder({ 'a.csv': '' }) })).rejects.toThrow('--tables');
    const broken = folder({ 'Patient.ndjson.gz': 'not packed' });
    await expect(read({ from: broken })).rejects.toThrow(/Patient\.ndjson\.gz could not be read/);
  });
});

const ANSWERS = Array.from({ length: 30 }, (_, i) => ({
  decision_id: `d${i}`,
  recommendation_id: `r${i}`,
  clinician_id: `c${i % 3}`,
  response: i % 4 === 0 ? 'overridden' : 'accepted',
  decided_at: new Date(Date.UTC(2026, 2, 1 + (i % 28), 7)),
  usefulness: 1 + (i % 5),
  comment_present: i % 2 === 0,
}));
const column = (
  name: keyof (typeof ANSWERS)[number],
  type: 'STRING' | 'TIMESTAMP' | 'BOOLEAN',
) => ({
  name,
  type,
  data: ANSWERS.map((row) => row[name]),
});

describe('flat tables', () => {
  const columns = [
    column('decision_id', 'STRING'),
    column('recommendation_id', 'STRING'),
    column('clinician_id', 'STRING'),
    column('response', 'STRING'),
    column('decided_at', 'TIMESTAMP'),
    column('comment_present', 'BOOLEAN'),
    {
      name: 'usefulness',
      type: 'INT64' as const,
      data: ANSWERS.map((row) => BigInt(row.usefulness)),
    },
    { name: 'ward_phone', type: 'STRING' as const, data: ANSWERS.map(() => '1') },
  ];
  const parquet = (some = columns) =>
    new Uint8Array(parquetWriteBuffer({ columnData: some, rowGroupSize: 8 }));

  it('are the same from Parquet, NDJSON and CSV', async () => {
    const names = Object.keys(ANSWERS[0] ?? {});
    const csv = [
      names,
      ...ANSWERS.map((row) =>
        Object.values(row).map((cell) =>
          cell instanceof Date ? cell.toISOString() : String(cell),
        ),
      ),
    ]
      .map((cells) => cells.join(','))
      .join('\n');
    const [one, ...others] = await Promise.all(
      [
        { 'decisions.parquet': parquet() },
        { 'decisions.ndjson': ndjson(ANSWERS) },
        { 'decisions.csv.gz': gzipSync(csv) },
      ].map((files) => read({ tables: folder(files) })),
    );
    expect(one?.tables.decisions).toHaveLength(30);
    expect(one?.tables.decisions?.[1]).toMatchObject({
      decided_at: Date.UTC(2026, 2, 2, 7),
      decided_week: '2026-03-02',
      usefulness: 2,
      comment_present: false,
    });
    for (const other of others) expect(other.tables).toEqual(one?.tables);
  });

  it.each([
    [
      'an instant without an offset',
      { 'decisions.ndjson': ndjson([{ ...ANSWERS[0], decided_at: '2026-03-02 08:00' }]) },
      /decisions\.ndjson, line 1: decided_at must be of type instant: write it with its offset/,
    ],
    [
      'an empty cell',
      { 'decisions.csv': 'decision_id,recommendation_id,clinician_id,response\nd1,r1,,accepted' },
      /line 2: clinician_id must not be empty: fill it/,
    ],
    [
      'no such column',
      { 'decisions.csv': 'decision_id,recommendation_id,response\nd1,r1,accepted' },
      /line 2: clinician_id must not be empty: the file has no column of this name; add it/,
    ],
    [
      'a word in Parquet that is none',
      {
        'decisions.parquet': parquet(
          columns.map((one) =>
            one.name === 'response'
              ? { ...one, data: ANSWERS.map((_, i) => (i === 11 ? 'maybe' : 'accepted')) }
              : one,
          ) as typeof columns,
        ),
      },
      /decisions\.parquet, row 12: response must be one of/,
    ],
    [
      'a table twice',
      { 'decisions.csv': '', 'decisions.parquet': parquet() },
      /both decisions\.parquet and decisions\.csv/,
    ],
  ])('are refused with file, row, column and cure: %s', async (_, files, words) => {
    await expect(read({ tables: folder(files) })).rejects.toThrow(words);
  });
});

describe('a FHIR server', () => {
  const BASE = 'https://store.example.org/fhir';
  const context = (name: string) => ({ ...filesOf(name).said, server: BASE, issuer: undefined });
  /** Pages of two; it knows types and nothing else, as a server may that ignores what it does not know. */
  function server(resources: readonly Json[], change: (request: Request) => Response | undefined) {
    const asked: Request[] = [];
    const clock = new ManualClock();
    const fetch = async (input: unknown, init?: RequestInit): Promise<Response> => {
      const request = new Request(String(input), init);
      asked.push(request);
      const url = new URL(request.url);
      const other = change(request);
      if (other) return other;
      const type = url.pathname.split('/').at(-1);
      const found = resources.filter(({ resourceType }) => resourceType === type);
      const at = Number(url.searchParams.get('page') ?? 0);
      url.searchParams.set('page', String(at + 2));
      const link = at + 2 < found.length ? [{ relation: 'next', url: url.href }] : [];
      const entry = found.slice(at, at + 2).map((resource) => ({ resource }));
      return Response.json({ resourceType: 'Bundle', type: 'searchset', link, entry });
    };
    return { asked, clock, reader: { baseUrl: BASE, token: 'secret', fetch, clock } };
  }
  const limits = { since: undefined, cap: 1000 };
  const silent = () => undefined;
  const none = () => undefined;

  it.each(cases)('gives the same tables as the folder: %s', async (name) => {
    const said = context(name);
    const resources = lines(`${GOLDEN}/${name}/fhir.ndjson`).map(
      (one): Json => JSON.parse(JSON.stringify(one).replaceAll(filesOf(name).said.server, BASE)),
    );
    const { reader, asked } = server(resources, none);
    const { read: rows, whole } = await readFhirServer(reader, said, limits, silent);
    const tables = deriveTables(rows, said);
    for (const table of ['decisions', 'exposures', 'recommendations', 'outcomes'] as const)
      expect((tables[table] ?? []).map(bare), table).toEqual(
        lines(`${GOLDEN}/${name}/expected/${table}.ndjson`).map(bare),
      );
    expect(whole).toBe(true);
    expect(asked.every(({ headers }) => headers.get('authorization') === 'Bearer secret')).toBe(
      true,
    );
  });

  it('is not followed to another origin, and what it forbids or does not know is said', async () => {
    const foreign = server([], () =>
      Response.json({
        resourceType: 'Bundle',
        link: [{ relation: 'next', url: 'https://evil.example.com/fhir/Device?page=2' }],
      }),
    );
    await expect(
      readFhirServer(foreign.reader, context('answers'), limits, silent),
    ).rejects.toMatchObject({ kind: 'foreign-origin' });
    expect(foreign.asked.map(({ url }) => new URL(url).origin)).toEqual([
      'https://store.example.org',
    ]);

    const refusing = server([], ({ url }) =>
      url.includes('AdverseEvent')
        ? Response.json({}, { status: 403 })
        : url.includes('DetectedIssue')
          ? Response.json({}, { status: 404 })
          : undefined,
    );
    const found = await readFhirServer(refusing.reader, context('answers'), limits, silent);
    expect(found.whole).toBe(false);
    expect(found.problems.all().map(({ message }) => message.split(':')[0])).toEqual([
      'DetectedIssue',
      'AdverseEvent',
    ]);
  });

  it('is read up to the cap, and since a time, and says that this is not everything', async () => {
    const patients = Array.from({ length: 9 }, (_, i) => ({
      resourceType: 'Patient',
      id: `p${i}`,
    }));
    const capped = server(patients, none);
    const found = await readFhirServer(
      capped.reader,
      context('answers'),
      { ...limits, cap: 4 },
      silent,
    );
    expect([found.whole, found.read.patients.length]).toEqual([false, 4]);
    expect(found.problems.all()[0]?.message).toMatch(/Patient: read up to 4; .*--cap/);

    const recent = server(patients, none);
    const since = { ...limits, since: '2026-03-02' };
    expect((await readFhirServer(recent.reader, context('answers'), since, silent)).whole).toBe(
      false,
    );
    const queries = recent.asked.map(({ url }) => new URL(url));
    expect(
      queries
        .filter(({ pathname }) => pathname.endsWith('/Patient'))
        .every(({ searchParams }) => searchParams.get('_lastUpdated') === 'ge2026-03-02'),
    ).toBe(true);
    expect(
      queries
        .find(({ pathname }) => pathname.endsWith('/Device'))
        ?.searchParams.has('_lastUpdated'),
    ).toBe(false);
  });

  it('is asked again when it is busy, after as long as it says', async () => {
    let refusals = 2;
    const busy = server([], () =>
      refusals-- > 0
        ? new Response('', { status: 429, headers: { 'retry-after': '7' } })
        : undefined,
    );
    const done = readFhirServer(busy.reader, context('answers'), limits, silent);
    for (const asked of [1, 2]) {
      await expect.poll(() => busy.clock.pending).toBe(1);
      expect(busy.asked).toHaveLength(asked);
      busy.clock.advance(6_999);
      expect(busy.asked).toHaveLength(asked);
      busy.clock.advance(1);
    }
    expect((await done).whole).toBe(true);
  });
});

describe('settings of a site', () => {
  const fine = { sites: [{ site: 'North', timeZone: 'Europe/Berlin' }] };
  const problems = (body: unknown): readonly string[] => {
    try {
      checkSiteTables(body);
      return [];
    } catch (cause) {
      if (!(cause instanceof ConfigError)) throw cause;
      return cause.problems.map(({ path, message }) => `${path} ${message}`);
    }
  };

  it('are filled in where they may be left out', () => {
    expect(checkSiteTables(fine)).toEqual({
      ...fine,
      models: [],
      negatives: [],
      outcomes: [],
      targets: [],
    });
  });

  it.each([
    [{}, 'sites is missing'],
    [{ sites: [] }, 'sites needs at least 1'],
    [
      { sites: [{ site: 'North', timeZone: 'Mars' }] },
      'sites[0].timeZone must be a name such as Europe/Berlin',
    ],
    [{ ...fine, zones: [] }, 'zones is not a known setting; remove it or check its spelling'],
    [
      { ...fine, models: [{ model_id: 'a', threshold: 'high' }] },
      'models[0].threshold must be a number',
    ],
    [
      {
        ...fine,
        outcomes: [
          {
            id: 'x',
            kind: 'guess',
            outcome: 'y',
            type: 'Condition',
            codes: [{ system: 's', code: 'c' }],
          },
        ],
      },
      'outcomes[0].kind must be one of label, action',
    ],
    [
      { ...fine, negatives: [{ rule: 'x', outcome_code: 'y' }] },
      'negatives[0].rule names no outcome of kind "label"; add that rule to "outcomes"',
    ],
    [
      { sites: [...fine.sites, ...fine.sites] },
      'sites[1].site is there twice; rename or remove one',
    ],
    [
      { ...fine, targets: [{ model_id: 'a', sensitivity: { acceptable: 80, unacceptable: 0.7 } }] },
      'targets[0].sensitivity.acceptable must be at most 1',
    ],
    [
      {
        ...fine,
        targets: [{ model_id: 'a', missedCritical: { acceptable: 0.1, unacceptable: 0.05 } }],
      },
      'targets[0].missedCritical unacceptable must be more than acceptable',
    ],
  ])('are refused with the field and the cure: %j', (body, words) => {
    expect(problems(body)).toEqual([words]);
  });
});

describe('what is asked wrongly', () => {
  it.each([
    ['--tables a --from b', 'either --from DIR|URL, --tables DIR'],
    ['--from http://ehr.example.org/fhir', 'begins with https://'],
    ['--from a --since 2026-03-02', '--since is for a server'],
    ['--from https://a.test/fhir --since monday', '--since takes a day'],
    ['--tables a --as-of 2026-03-02', '--as-of is for FHIR'],
    ['--from https://a.test/fhir --cap none', '--cap takes a whole number'],
    ['--published wong-2021 --publish a', 'A study is not published'],
    ['--from a --publish b --by model', 'takes no --by'],
    ['--from https://a.test/fhir --since 2026-03-02 --publish b', 'takes no --since'],
    ['--from a --publish http://b.test/fhir', 'https://'],
  ])('is refused: metrics %s', (argv, words) => {
    expect(() => readMetricsOptions(argv.split(' '))).toThrow(words);
  });
});

describe('a token', () => {
  it('goes to the server it is for, and never in the clear', () => {
    process.env.CLINICIAN_FEEDBACK_TOKEN = 'one';
    const [ehr, store] = ['https://ehr.example.org/fhir', 'https://store.example.org/fhir'];
    expect(tokenFor(ehr, `${ehr}/`)).toBe('one');
    expect(tokenFor(store, ehr)).toBeUndefined();
    expect(() => tokenFor('http://ehr.example.org/fhir', ehr)).toThrow('https://');
    delete process.env.CLINICIAN_FEEDBACK_TOKEN;
  });
});
