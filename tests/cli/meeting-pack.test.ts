import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { meetingPackCommand } from '#src/cli/meeting-pack.ts';
import { meetingPack } from '#src/domain/governance/limits/meeting-pack.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import { INCIDENTS } from '#src/domain/tables/incidents.ts';
import { toServiceLevelsLibrary } from '#src/fhir/governance/sla.fhir.ts';
import { tokensFor } from '#tests/contract/client.ts';
import { HOSTS, type Running } from '#tests/contract/harness.ts';
import { presentations } from '../unit/metrics/rows.ts';

const NOW = Date.parse('2026-03-16T08:00:00Z');

const empty = {
  ...{ site: 'North', now: NOW, since: '2026-02-16', gaps: [], facts: undefined, signals: [] },
  ...{ slas: [], incidents: [], changes: [], models: [], proposals: [], escalations: [] },
};

const section = (pack: string, title: string): string =>
  pack.split('\n## ').find((part) => part.startsWith(title)) ?? '';

describe('a meeting pack', () => {
  it('leaves small counts out, and whatever would give them away', () => {
    const shown = (model: string, count: number, overridden: number) =>
      presentations(count, (i) => ({
        ...{ model_id: model, model_version: '1', week: '2026-03-02', clinician_id: `c${i % 12}` },
        response: i < overridden ? 'overridden' : 'accepted',
      }));
    const rows = [...shown('falls', 120, 40), ...shown('sepsis', 120, 4)];
    const incidents = Array.from({ length: 15 }, (_, i) =>
      makeRow(INCIDENTS, {
        ...{ incident_id: `i${i}`, model_id: 'falls', recorded_at: NOW, status: 'final' },
        ...{ kind: i < 3 ? 'near-miss' : 'incident', state: 'unknown' },
      }),
    );
    const pack = meetingPack({
      ...empty,
      facts: { ...factsOf({}), presentations: () => rows },
      incidents,
    });
    const [, , falls, sepsis] = section(pack, 'Adoption')
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(falls).toContain('| falls | 1 | 120 | 80 | 40 | 0 | 66.7 % (');
    // 120 and 116 would say that there were 4, and so would the share.
    expect(sepsis).not.toContain('116');
    expect(sepsis).not.toContain('96.7');
    expect(sepsis).toContain('left out');
    const reports = section(pack, 'Safety reports');
    expect(reports).toContain('left out');
    expect(reports).not.toMatch(/\| (3|12) \|.*\| 15 \|/);
  });

  it('takes a name for text, whatever is in it', () => {
    const name = '<img src=x>|[a](javascript:b)\n# Falls';
    const pack = meetingPack({ ...empty, models: [{ name, version: undefined, records: [] }] });
    expect(pack).toContain('\\<img src=x\\>\\|\\[a\\](javascript:b) \\# Falls');
  });

  it('says what waits and since when it is overdue', () => {
    const pack = meetingPack({
      ...empty,
      escalations: [
        { title: 'Breach: x', standing: 'open', acknowledgeBy: '2026-03-15T08:00:00Z' },
        { title: 'Signal: y', standing: 'done', actBy: '2026-03-15T08:00:00Z' },
      ],
    });
    expect(section(pack, 'Open matters')).toContain(
      '| Breach: x | acknowledge by 2026-03-15, overdue |',
    );
    expect(pack).not.toContain('Signal: y');
  });
});

describe('clinician-feedback meeting-pack', () => {
  let running: Running;
  beforeAll(async () => {
    const host = HOSTS.find(({ name }) => name === 'http');
    if (!host) throw new Error('no host');
    running = await host.start();
  });
  afterAll(() => running.stop());
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it('makes one from a live server in one command, and names no patient and no clinician', async () => {
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const { access_token } = await tokensFor(running, { scope: 'launch openid user/*.rs' });
    vi.stubEnv('CLINICIAN_FEEDBACK_TOKEN', access_token);
    const levels = {
      committee: 'Organization/c',
      slas: [
        {
          ...{ id: 'x', title: 'Half is followed', metric: 'adoption', windowWeeks: 4 },
          ...{ figure: 'acceptance of displayed', slice: { model: 'sepsis' }, leastRows: 50 },
          ...({ direction: 'at-least', warn: 0.5, breach: 0.4, action: 'notify' } as const),
          ...{ owner: 'Practitioner/ada', acknowledgeHours: 1, actHours: 2 },
        },
      ],
    };
    running.sandbox.put({
      ...toServiceLevelsLibrary(levels, '2026-03-01T08:00:00+00:00', 'Organization/c'),
      id: 'levels',
    });
    const folder = mkdtempSync(join(tmpdir(), 'pack-'));
    const settings = join(folder, 'settings.json');
    writeFileSync(settings, JSON.stringify({ sites: [{ site: 'North', timeZone: 'UTC' }] }));
    const out = join(folder, 'pack.md');
    const from = ['--from', `${running.url}/fhir`, '--settings', settings];
    expect(await meetingPackCommand.run([...from, '--out', out])).toBe(0);
    const pack = readFileSync(out, 'utf8');
    expect(pack).toMatch(/^# AI governance: North\n/);
    expect(section(pack, 'Models')).toContain('| Sepsis early warning 3.1.0 | everywhere |');
    expect(section(pack, 'What was agreed')).toContain('| Half is followed | too few to say |');
    for (const { name = [] } of [
      ...running.sandbox.list('Patient'),
      ...running.sandbox.list('Practitioner'),
    ])
      for (const { family = '?' } of name) expect(pack).not.toContain(family);
    expect(pack).not.toMatch(/Patient\/|Practitioner\//);
  });

  it.each([
    [['--last', 'monday']],
    [['--since', '2026-01-01']],
    [['--registry', 'http://registry.example/fhir']],
  ])('refuses %j', async (more) => {
    const from = ['--from', 'http://127.0.0.1:1/fhir'];
    await expect(meetingPackCommand.run([...from, ...more])).rejects.toThrow(/--|https/);
  });
});
