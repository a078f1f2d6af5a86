import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent, FhirResource, Observation } from 'fhir/r4';
import { exportPKCS8, generateKeyPair } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditCommand } from '#src/cli/audit.ts';
import { readAuditRecord, withHash } from '#src/fhir/audit/audit-record.fhir.ts';
import { recordText } from '#src/fhir/audit/hashed-text.ts';
import { AUDIT_DETAIL } from '#src/fhir/audit-event-terms.ts';
import type { TrailItem } from '#src/io/audit/trail-shelf.ts';
import { memoryShelf } from '#src/io/outbox/shelf.ts';
import { sha256 } from '#src/io/sha256.ts';
import { configFile } from '#tests/cli/run.ts';
import { tokensFor } from '#tests/contract/client.ts';
import { HOSTS } from '#tests/contract/harness.ts';
import { openPage, startAudited } from '#tests/unit/audit/audited.ts';
import type { Delivery } from '#tests/unit/io/delivery.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'audit-'));

/** What the store holds: each a resource by its reference. */
type Store = Map<string, FhirResource>;

let delivery: Delivery;
let before: Store;
let anchors: string;
let key: string;
let out = '';
let err = '';

beforeEach(() => {
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((words) => {
    out += words;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((words) => {
    err += words;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

function held(): Store {
  const all = (['AuditEvent', 'Observation', 'Provenance'] as const).flatMap((type) =>
    delivery.running.sandbox.list(type),
  );
  return new Map(all.map((one) => [`${one.resourceType}/${one.id}`, structuredClone(one)]));
}

function asFolder(store: Store): string {
  const path = folder();
  writeFileSync(
    join(path, 'Everything.ndjson'),
    [...store.values()].map((one) => `${JSON.stringify(one)}\n`).join(''),
  );
  return path;
}

const run = async (...argv: readonly string[]) => {
  out = '';
  err = '';
  return await auditCommand.run(argv);
};
const anchorOf = (store: Store, dir = anchors) =>
  run('--anchor', '--from', asFolder(store), '--key', key, '--out', dir);
const verify = (store: Store, dir = anchors, ...more: readonly string[]) =>
  run(
    '--verify',
    '--from',
    asFolder(store),
    '--anchors',
    dir,
    '--key',
    `${anchors}/public-key.json`,
    ...more,
  );

async function newKey(alg = 'ES384'): Promise<string> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const path = join(folder(), 'key.pem');
  writeFileSync(path, await exportPKCS8(privateKey), { mode: 0o600 });
  return path;
}

/** Two devices on two days: one with five records, one with two; a statement after each day. */
beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  delivery = await startAudited();
  anchors = folder();
  key = await newKey();
  const shelf = memoryShelf<TrailItem>();
  const other = memoryShelf<TrailItem>();
  let n = 0;
  const day = async (...records: readonly (readonly [typeof shelf, number])[]) => {
    for (const [of, count] of records)
      for (let i = 0; i < count; i += 1) {
        delivery.running.clock.advance(60_000);
        const page = openPage(delivery, of);
        n += 1;
        await page.answer(n);
        await page.recorder.flush();
      }
    expect(await anchorOf(held())).toBe(0);
  };
  await day([shelf, 3], [other, 1]);
  await day([shelf, 2], [other, 1]);
  before = held();
});

const copy = (): Store => structuredClone(before);

/** Of the longer chain. */
function recordsIn(store: Store): AuditEvent[] {
  const events = [...store.values()].filter((one) => one.resourceType === 'AuditEvent');
  const byWriter = Map.groupBy(events, (one) => readAuditRecord(one)?.record.writer);
  const [longest = []] = [...byWriter.values()].toSorted((a, b) => b.length - a.length);
  const numberOf = (one: AuditEvent) => readAuditRecord(one)?.record.number ?? 0;
  return longest.toSorted((a, b) => numberOf(a) - numberOf(b));
}
function nth(store: Store, number: number): AuditEvent {
  const found = recordsIn(store)[number - 1];
  if (!found) throw new Error(`There is no record ${number}.`);
  return found;
}
const put = (store: Store, one: FhirResource) => store.set(`${one.resourceType}/${one.id}`, one);
const remove = (store: Store, one: FhirResource) => store.delete(`${one.resourceType}/${one.id}`);

/** What somebody who knows how it is done, and has the store but no key, would do. */
async function rehashed(
  event: AuditEvent,
  change: (bare: AuditEvent) => void,
): Promise<AuditEvent> {
  const bare = structuredClone(event);
  bare.entity?.[0]?.detail?.pop();
  change(bare);
  return withHash(bare, await sha256(recordText(bare)));
}
function setDetail(event: AuditEvent, type: string, value: string): void {
  const detail = event.entity?.[0]?.detail?.find((one) => one.type === type);
  if (detail) detail.valueString = value;
}
const hashOf = (event: AuditEvent) => readAuditRecord(event)?.record.hash ?? '';

/** Records from there on, written anew so that the chain fits together again. */
async function relink(store: Store, from: number, change: (bare: AuditEvent) => void) {
  let previous = hashOf(nth(store, from - 1));
  for (let number = from; number <= 5; number += 1) {
    const next = await rehashed(nth(store, number), (bare) => {
      setDetail(bare, AUDIT_DETAIL.previous, previous);
      if (number === from) change(bare);
    });
    put(store, next);
    previous = hashOf(next);
  }
}

const otherTime = (event: AuditEvent) => {
  event.recorded = '2026-03-01T00:00:00.000Z';
};

describe('clinician-feedback audit --verify', () => {
  it('finds nothing in a trail that nobody touched, and says what it cannot see', async () => {
    expect(await verify(before), out).toBe(0);
    expect(out).toContain('7 records of 2 writers');
    expect(out).toContain('2 signed statements');
    expect(out).toContain('Nothing was found.');
    expect(out).toMatch(/cannot see:\n {2}what was never written/);
    expect(out).toContain('0 records that no statement covers');
  });

  it.each<[string, RegExp, (store: Store) => unknown]>([
    [
      'a record that was edited',
      /record 2 of urn:uuid:\S+ \(AuditEvent\/\S+\): was changed/,
      (store) => otherTime(nth(store, 2)),
    ],
    [
      'who it was, edited in the last record',
      /record 5 of .*: was changed/,
      (store) => {
        const [, user] = nth(store, 5).agent;
        if (user) user.who = { reference: 'Practitioner/ben' };
      },
    ],
    [
      'an edit whose hash was made anew',
      /record 3 of .*does not follow/,
      async (store) => put(store, await rehashed(nth(store, 2), otherTime)),
    ],
    [
      'a head that was replaced, hash and all',
      /record 5 of .*not the one that was signed/,
      async (store) => put(store, await rehashed(nth(store, 5), otherTime)),
    ],
    [
      'a chain that was written anew from there on',
      /record 5 of .*not the one that was signed/,
      (store) => relink(store, 2, otherTime),
    ],
    [
      'a record that was removed',
      /record 4 of .*: missing, and later/,
      (store) => remove(store, nth(store, 4)),
    ],
    [
      'the first record removed',
      /record 1 of .*: missing, and later/,
      (store) => remove(store, nth(store, 1)),
    ],
    [
      'a tail that was removed',
      /records 4 to 5 of .*: missing, and a signed statement/,
      (store) => {
        for (const one of [nth(store, 5), nth(store, 4)]) remove(store, one);
      },
    ],
    [
      'a tail that was removed and grown again',
      /record 5 of .*not the one that was signed/,
      (store) => relink(store, 4, otherTime),
    ],
    [
      'a chain that is gone',
      /records 1 to 5 of .*: the whole chain is gone/,
      (store) => {
        for (const one of recordsIn(store)) remove(store, one);
      },
    ],
    [
      'two records that changed places',
      /record 3 of .*: was changed/,
      (store) => {
        const [a, b] = [nth(store, 2), nth(store, 3)];
        setDetail(a, AUDIT_DETAIL.number, '3');
        setDetail(b, AUDIT_DETAIL.number, '2');
      },
    ],
    [
      'a record that was put in between',
      /record 3 of .*: two of one number/,
      async (store) => put(store, { ...(await rehashed(nth(store, 3), otherTime)), id: 'forged' }),
    ],
    [
      'a record that was made to look like none of ours',
      /record 2 of .*: missing/,
      (store) => nth(store, 2).entity?.shift(),
    ],
    [
      'an answer that was edited behind the app’s back',
      /record \d of .*\(Observation\/\S+\): changed since/,
      (store) => {
        const answer = feedbackIn(store);
        answer.valueCodeableConcept = { text: 'accepted' };
      },
    ],
    [
      'an answer that was removed',
      /record \d of .*\(Observation\/\S+\): gone, though/,
      (store) => remove(store, feedbackIn(store)),
    ],
  ])('finds %s', async (_what, expected, tamper) => {
    const store = copy();
    await tamper(store);
    expect(await verify(store)).toBe(1);
    expect(out).toMatch(expected);
  });

  it('names an answer that no chain lists, which is no proof of anything', async () => {
    const store = copy();
    const forged = structuredClone(feedbackIn(store));
    put(store, { ...forged, id: 'forged' });
    expect(await verify(store)).toBe(0);
    expect(out).toContain('1 feedback records that no chain lists');
    expect(out).toContain('Observation/forged');
  });

  it('says what rests on the chain alone: after the last statement a rewritten tail is not seen', async () => {
    const store = copy();
    const only = folder();
    const [first = ''] = statementsIn(anchors);
    writeFileSync(join(only, first), readFileSync(join(anchors, first)));
    await relink(store, 4, otherTime);
    expect(await verify(store, only), out).toBe(0);
    expect(out).toContain('3 records that no statement covers');
  });

  it.each<[string, RegExp, (dir: string) => unknown]>([
    [
      'a statement that was taken away',
      /statement 1: statements are missing/,
      (dir) => rmSync(join(dir, statementsIn(dir)[0] ?? '')),
    ],
    [
      'a statement that was edited',
      /\.jws: not signed by this key/,
      (dir) => {
        const path = join(dir, statementsIn(dir)[1] ?? '');
        const [head, payload = '', signature] = readFileSync(path, 'utf8').split('.');
        const said = JSON.parse(Buffer.from(payload, 'base64url').toString());
        const other = Buffer.from(JSON.stringify({ ...said, heads: [] })).toString('base64url');
        writeFileSync(path, [head, other, signature].join('.'));
      },
    ],
    [
      'a statement by somebody else’s key',
      /\.jws: not signed by this key/,
      async (dir) => {
        const own = key;
        key = await newKey('RS384');
        const path = folder();
        await anchorOf(before, path);
        key = own;
        const [name = ''] = statementsIn(path);
        writeFileSync(join(dir, '000003-2026-03-03.jws'), readFileSync(join(path, name)));
      },
    ],
    [
      'a statement that was signed twice with another content',
      /stands there twice/,
      async (dir) => {
        const path = folder();
        const [first = ''] = statementsIn(dir);
        await anchorOf(before, path);
        const [name = ''] = statementsIn(path);
        rmSync(join(dir, first));
        writeFileSync(join(dir, '000001-2026-03-01.jws'), readFileSync(join(path, name)));
      },
    ],
  ])('finds %s', async (_what, expected, tamper) => {
    const dir = folder();
    mkdirSync(dir, { recursive: true });
    for (const name of statementsIn(anchors))
      writeFileSync(join(dir, name), readFileSync(join(anchors, name)));
    await tamper(dir);
    expect(await verify(before, dir)).toBe(1);
    expect(out).toMatch(expected);
  });

  it('takes what is over its time for expired, only from the oldest, and never under a hold', async () => {
    const store = copy();
    // The first statement covers three records; a fourth is not over.
    for (const n of [1, 1]) remove(store, nth(store, n));
    vi.setSystemTime(Date.now() + 400 * 86_400_000);
    const config = (more: object) =>
      configFile({
        ...JSON.parse(readFileSync('public/config.json', 'utf8')),
        governance: { auditDays: 365, ...more },
      });
    expect(await verify(store, anchors, '--config', config({})), out).toBe(0);
    const held = config({ legalHolds: ['Case 7, asked for by counsel'] });
    expect(await verify(store, anchors, '--config', held)).toBe(1);
    expect(out).toMatch(/records 1 to 2 of .*: missing/);
    await run('--retention', '--from', asFolder(store), '--config', held);
    expect(out).toContain('LEGAL HOLD: remove nothing.\n  Case 7, asked for by counsel');
  });

  it('as JSON, with every finding and what cannot be seen', async () => {
    const store = copy();
    remove(store, nth(store, 4));
    expect(await verify(store, anchors, '--json')).toBe(1);
    const report = JSON.parse(out);
    expect(report.findings).toEqual([expect.objectContaining({ what: 'gap', from: 4, to: 4 })]);
    expect(report.cannotSee.length).toBeGreaterThan(3);
    expect(report.configurations).toHaveLength(1);
  });

  it('reads a server as it reads a folder, and says what it may not read', async () => {
    const server = await (HOSTS[2] as (typeof HOSTS)[number]).start();
    try {
      for (const one of before.values()) server.sandbox.put({ ...one, id: one.id ?? '' });
      const from = `${server.url}/fhir`;
      const read = async (scope: string) => {
        const { access_token } = await tokensFor(server, { scope });
        vi.stubEnv('CLINICIAN_FEEDBACK_TOKEN', access_token);
        const key = `${anchors}/public-key.json`;
        return await run('--verify', '--from', from, '--anchors', anchors, '--key', key);
      };
      const all = 'launch openid fhirUser user/AuditEvent.rs user/Observation.rs';
      expect(await read(`${all} user/Provenance.rs`), out).toBe(0);
      expect(out).toMatch(/7 records of 2 writers; they list 16 things, 14 of which/);
      expect(await read(all)).toBe(0);
      expect(out).toContain('Provenance could not be read');
      const answer = feedbackIn(before);
      server.sandbox.put({ ...answer, id: answer.id ?? '', valueCodeableConcept: { text: 'no' } });
      expect(await read(`${all} user/Provenance.rs`)).toBe(1);
      expect(out).toContain(`(Observation/${answer.id}): changed since`);
    } finally {
      await server.stop();
    }
  });
});

describe('clinician-feedback audit --anchor', () => {
  it('states a chain that was tampered with all the same, says so, and ends with 1', async () => {
    const dir = folder();
    for (const name of statementsIn(anchors))
      writeFileSync(join(dir, name), readFileSync(join(anchors, name)));
    const store = copy();
    await relink(store, 4, otherTime);
    expect(await anchorOf(store, dir)).toBe(1);
    expect(err).toMatch(/record 5 of .*not the one that was signed/);
    expect(statementsIn(dir)).toHaveLength(3);
    // What was signed before speaks against it for ever.
    expect(await verify(store, dir)).toBe(1);
  });

  it('states only chains that moved, numbers on, and writes no private number', () => {
    const names = statementsIn(anchors);
    expect(names.map((name) => name.slice(0, 7))).toEqual(['000001-', '000002-']);
    expect(JSON.parse(readFileSync(join(anchors, 'public-key.json'), 'utf8'))).toEqual({
      kty: 'EC',
      crv: 'P-384',
      x: expect.any(String),
      y: expect.any(String),
    });
  });

  it.each<[string, readonly string[]]>([
    ['no mode', ['--from', 'x']],
    ['two modes', ['--anchor', '--verify', '--from', 'x']],
    ['no anchors', ['--verify', '--from', 'x', '--key', 'k']],
    ['no public key', ['--verify', '--from', 'x', '--anchors', 'a']],
    ['no folder for statements', ['--anchor', '--from', 'x']],
  ])('is told its mistake: %s', async (_what, argv) => {
    await expect(auditCommand.run(argv)).rejects.toThrow(/^Give /);
  });

  it('takes no key that everybody can read, and says nothing of it', async () => {
    const open = join(folder(), 'key.pem');
    writeFileSync(open, readFileSync(key), { mode: 0o644 });
    const own = key;
    key = open;
    await expect(anchorOf(before, folder())).rejects.toThrow(/chmod 600/);
    key = own;
  });
});

const statementsIn = (dir: string) =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.jws'))
    .toSorted();

function feedbackIn(store: Store): Observation {
  const [found] = [...store.values()].filter(
    (one): one is Observation =>
      one.resourceType === 'Observation' &&
      one.identifier?.some(({ value }) => value?.startsWith('urn:uuid:')) === true,
  );
  if (!found) throw new Error('There is no answer.');
  return found;
}
