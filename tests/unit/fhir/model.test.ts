import { describe, expect, test } from 'vitest';
import { modelCardReference, readDevice } from '#src/fhir/device.fhir.ts';
import { readModelCard } from '#src/fhir/model-card.fhir.ts';
import { standingOf } from '#tests/support/standing.ts';
import { device, SERVER } from './sample.ts';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const card = (contentType: string, text: string, more = {}) => ({
  resourceType: 'DocumentReference',
  id: 'card',
  status: 'current',
  content: [{ attachment: { contentType, data: base64(text) } }],
  ...more,
});
const value = (resource: unknown) => {
  const read = readModelCard(resource);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
};

describe('Device', () => {
  test('AI-Device facts', () => {
    const read = readDevice(
      device({
        manufacturer: 'Acme',
        owner: { display: 'Informatics' },
        contact: [{ value: 'ai@example.org' }],
        safety: [{ text: 'Not for children' }],
      }),
      SERVER,
    );
    expect(read).toEqual({
      ok: true,
      problems: [],
      value: {
        ref: { server: SERVER, type: 'Device', id: 'sepsis' },
        identifier: { system: 'https://models.example.org', value: 'sepsis-ews' },
        name: 'Sepsis early warning',
        version: '3.1.0',
        manufacturer: 'Acme',
        owner: 'Informatics',
        contact: 'ai@example.org',
        safety: 'Not for children',
        state: 'unknown',
      },
    });
  });

  test.each([
    [
      'bare',
      { resourceType: 'Device', id: 'x' },
      'Unnamed AI model',
      ['missing', 'missing', 'missing'],
    ],
    [
      'R5',
      device({ deviceName: undefined, name: [{ value: 'Five' }], version: [{ value: '5' }] }),
      'Five',
      [],
    ],
    ['version as a string', device({ version: '4.1' }), 'Sepsis early warning', []],
  ])('%s', (_title, resource, name, codes) => {
    const read = readDevice(resource, SERVER);
    expect(read).toMatchObject({ ok: true, value: { name } });
    if (read.ok) expect(read.problems.map((one) => one.code)).toEqual(codes);
  });

  test.each([[null], [{}], [{ resourceType: 'Patient', id: 'p1' }], [{ resourceType: 'Device' }]])(
    '%j is refused',
    (resource) => {
      expect(readDevice(resource, SERVER)).toMatchObject({ ok: false });
    },
  );

  test('names its model card', () => {
    const url =
      'http://hl7.org/fhir/uv/aitransparency/StructureDefinition/aitransparency.modelCardDescription';
    const extension = [{ url, valueReference: { reference: 'DocumentReference/card' } }];
    expect(modelCardReference(device({ extension }), SERVER)).toBe('DocumentReference/card');
    expect(modelCardReference(device(), SERVER)).toBeUndefined();
  });
});

describe('model card', () => {
  test('markdown sections, UTF-8', () => {
    const text =
      '# Modèle\n\n## Intended use\nAdults – ≥ 18 years\n### Setting\nWard\n## Cautions\n- Not in pregnancy\n## Local performance\nAUROC 0.81\n## Other\nx';
    expect(value(card('text/markdown; charset=utf-8', text))).toEqual({
      format: 'markdown',
      text,
      intendedUse: 'Adults – ≥ 18 years\n### Setting\nWard',
      cautions: '- Not in pregnancy',
      localPerformance: 'AUROC 0.81',
    });
  });

  test('a heading inside a code fence is no heading', () => {
    expect(value(card('text/markdown', '```\n# Intended use\n```\n# Uses\nReal')).intendedUse).toBe(
      'Real',
    );
  });

  test('CHAI XML, with a comment before the declaration, entities, CDATA and look-alike names', () => {
    const xml = `<!-- <IntendedUseAndWorkflow>no</IntendedUseAndWorkflow> --><?xml version="1.0"?>
      <AppliedModelCard xmlns="https://mc.chai.org/v0.1/schema.xsd"><UsesAndDirections>
      <IntendedUseAndWorkflowNote>not this</IntendedUseAndWorkflowNote>
      <IntendedUseAndWorkflow lang="en">Adults &lt; 90 &amp; &#8805; 18</IntendedUseAndWorkflow>
      <CautionedOutOfScopeSettings><![CDATA[Not in <ICU>]]></CautionedOutOfScopeSettings></UsesAndDirections>
      <KeyMetrics><Result>Vendor number</Result></KeyMetrics></AppliedModelCard>`;
    const read = value(card('application/xml', xml));
    expect(read).toMatchObject({ format: 'chai-xml', intendedUse: 'Adults < 90 & ≥ 18' });
    expect(read.cautions).toContain('Not in');
    expect(read.localPerformance).toBeUndefined();
  });

  test('entities are not expanded further than XML’s own', () => {
    const xml =
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><IntendedUseAndWorkflow>&a;&amp;lt;</IntendedUseAndWorkflow>';
    expect(value(card('application/xml', xml)).intendedUse).toBe('&a;&lt;');
  });

  test.each([
    ['unclosed element', '<IntendedUseAndWorkflow>open'],
    ['unclosed comment', '<!-- <IntendedUseAndWorkflow>x'],
    ['a million brackets', '<'.repeat(1_000_000)],
    ['a million ampersands', '&#'.repeat(500_000)],
    ['a million comments', '<!--'.repeat(250_000)],
  ])('%s is read; that the work grows with the text, tests/unit/security/growth', (_title, xml) => {
    expect(readModelCard(card('application/xml', xml)).ok).toBe(true);
  });

  test.each([
    [
      'not base64',
      { content: [{ attachment: { contentType: 'text/markdown', data: '%%%%' } }] },
      ['malformed', 'missing'],
    ],
    ['empty', { content: [] }, ['missing', 'unsupported']],
    ['unknown format', card('application/pdf', 'x'), ['unsupported']],
    ['too long', card('text/markdown', 'x'.repeat(300_000)), ['truncated']],
    ['null content', { content: [null, { attachment: null }] }, ['missing', 'unsupported']],
  ])('%s is stated', (_title, more, codes) => {
    const read = readModelCard({ resourceType: 'DocumentReference', id: 'c', ...more });
    if (!read.ok) throw new Error('refused');
    expect(read.problems.map((one) => one.code)).toEqual(codes);
  });

  test('only http(s) addresses are passed on', () => {
    const at = (url: string) =>
      value({ resourceType: 'DocumentReference', content: [{ attachment: { url } }] }).url;
    expect(at('https://example.org/card.md')).toBe('https://example.org/card.md');
    expect(at('javascript:alert(1)')).toBeUndefined();
    expect(at('data:text/html,x')).toBeUndefined();
  });

  test.each([
    [undefined],
    [{ resourceType: 'Binary' }],
    [card('text/markdown', 'x', { status: 'entered-in-error' })],
  ])('%# is refused', (resource) => {
    expect(readModelCard(resource).ok).toBe(false);
  });
});

describe('model state', () => {
  const BASE = 'https://clinician-feedback.example.org/fhir/CodeSystem';
  const NOW = Date.parse('2026-10-01T12:00:00Z');
  const state = (code: string, effectivePeriod: unknown, more = {}) => ({
    resourceType: 'Observation',
    id: `${code}-${JSON.stringify(effectivePeriod).length}`,
    status: 'final',
    code: { coding: [{ system: `${BASE}/feedback-item`, code: 'model-state' }] },
    subject: { reference: 'Device/sepsis' },
    effectivePeriod,
    valueCodeableConcept: { coding: [{ system: `${BASE}/model-state`, code }] },
    ...more,
  });
  const at = (...resources: readonly unknown[]) => standingOf(resources, SERVER, NOW);

  test.each([
    ['none', [], 'unknown'],
    ['open end', [state('active', { start: '2026-09-01' })], 'active'],
    [
      'newest start wins',
      [
        state('active', { start: '2026-01-01' }),
        state('suspended', { start: '2026-09-30T10:00:00Z' }),
      ],
      'suspended',
    ],
    ['expired', [state('pilot', { start: '2026-01-01', end: '2026-09-01' })], 'expired'],
    [
      'expired, and no older one takes its place',
      [
        state('active', { start: '2025-01-01' }),
        state('pilot', { start: '2026-01-01', end: '2026-09-01' }),
      ],
      'expired',
    ],
    ['not yet', [state('active', { start: '2026-11-01' })], 'silent'],
    [
      'an end today is still today',
      [state('pilot', { start: '2026-09-01', end: '2026-10-01' })],
      'pilot',
    ],
    [
      'an end that is no date does not last for ever',
      [state('active', { start: '2026-09-01', end: 'never' })],
      'expired',
    ],
    [
      'another device',
      [state('active', { start: '2026-09-01' }, { subject: { reference: 'Device/other' } })],
      'unknown',
    ],
    [
      'entered in error',
      [state('active', { start: '2026-09-01' }, { status: 'entered-in-error' })],
      'unknown',
    ],
    ['unknown code', [state('brilliant', { start: '2026-09-01' })], 'unread'],
    [
      'absolute subject',
      [
        state(
          'active',
          { start: '2026-09-01' },
          { subject: { reference: `${SERVER}/Device/sepsis` } },
        ),
      ],
      'active',
    ],
    ['rubbish among them', [null, 'x', {}, state('retired', { start: '2026-09-01' })], 'retired'],
  ])('%s', (_title, resources, expected) => {
    expect(at(...resources).code).toBe(expected);
  });

  test('since and reason', () => {
    const note = [{ text: 'Drift in March' }];
    expect(at(state('suspended', { start: '2026-09-30T10:00:00Z' }, { note }))).toMatchObject({
      code: 'suspended',
      since: '2026-09-30T10:00:00Z',
      record: { reason: 'Drift in March' },
    });
  });
});
