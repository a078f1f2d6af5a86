import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { ModelStateRecord } from '#src/domain/governance/model-state.ts';
import { buildReview } from '#src/state/build-review.ts';
import { type RegistryView, registryQuery } from '#src/state/registry.ts';
import { device } from '../fhir/sample.ts';
import { makeDeps, NOW, SERVER } from './deps.ts';
import { part, query, REGISTRY, risk, type SourcesChange, sources } from './sources.ts';

const about = (state: ModelStateRecord['state'], more: Partial<ModelStateRecord> = {}) => ({
  id: `urn:uuid:${state}`,
  model: { ref: { server: SERVER, type: 'Device', id: 'sepsis' }, identifiers: [] },
  state,
  from: '2026-11-22T14:00:00Z',
  units: [],
  clinicians: [],
  ...more,
});

const says = (...records: readonly ModelStateRecord[]): RegistryView => ({
  ...REGISTRY,
  answer: { records, complete: true, askedAt: NOW },
});

/** A card of `Device/sepsis`, whose Device is on the server unless a test takes it away. */
function build(registry: RegistryView, change: SourcesChange = {}, models = [device()]) {
  const recommendation = risk('r1', { performer: { reference: 'Device/sepsis' } });
  const resources = {
    recommendations: query([part('RiskAssessment', [recommendation])]),
    support: query([part('Device', models as never)]),
  };
  return buildReview(sources({ ...resources, registry, ...change }), NOW);
}

const shown = (registry: RegistryView, change?: SourcesChange) =>
  build(registry, change).cards.map(({ advice, detail }) => [advice, detail.model.state]);

describe('what the registry says decides what is on the screen', () => {
  it.each<[string, RegistryView, [string, string][]]>([
    ['in use', says(about('active')), [['shown', 'active']]],
    ['suspended', says(about('suspended')), [['hidden', 'suspended']]],
    ['silent', says(about('silent')), []],
    ['a pilot in another unit', says(about('pilot', { units: ['Location/er'] })), []],
    ['no record', says(), [['shown', 'unknown']]],
    [
      'no answer in this launch',
      { ...REGISTRY, answer: undefined, failing: true, reliable: false },
      [['hidden', 'unread']],
    ],
    [
      'no answer for too long',
      { ...says(about('active')), reliable: false },
      [['hidden', 'unread']],
    ],
    [
      'more than could be read, and nothing of this model among it',
      { ...REGISTRY, answer: { records: [], complete: false, askedAt: NOW } },
      [['hidden', 'unread']],
    ],
  ])('%s', (_what, registry, expected) => {
    expect(shown(registry)).toEqual(expected);
  });

  it.each([
    ['by relative reference', ''],
    ['by absolute reference', `${SERVER}/`],
  ])('shows a pilot in its unit, %s, to those whom it lists', (_how, base) => {
    const change = { setting: query({ units: ['Location/icu-floor', 'Location/5b'] }) };
    const pilot = about('pilot', {
      units: [`${base}Location/5b`],
      clinicians: ['Practitioner/me'],
    });
    expect(shown(says(pilot), change)).toEqual([['shown', 'pilot']]);
    const others = { ...pilot, clinicians: ['Practitioner/other'] };
    expect(shown(says(others), change)).toEqual([]);
  });

  it('a suspended model is suspended where its Device cannot be read', () => {
    expect(build(says(about('suspended')), {}, []).cards[0]?.advice).toBe('hidden');
  });

  it('nothing of a silent one leaves but that it was there', () => {
    const { withheld, launchedFor } = build(says(about('silent')));
    expect(withheld).toEqual([
      {
        recommendation: { ref: { server: SERVER, type: 'RiskAssessment', id: 'r1' }, version: '1' },
        model: { identifier: 'sepsis-ews', version: '3.1.0', state: 'silent' },
      },
    ]);
    expect(launchedFor).toBeUndefined();
  });

  it('waits for the registry, and for the unit only where a record names one', () => {
    const pending = { setting: query<never>(undefined) };
    expect(build({ ...REGISTRY, answer: undefined, pending: true }).status).toBe('loading');
    expect(build(says(about('active')), pending).status).toBe('ready');
    expect(build(says(about('pilot', { units: ['Location/er'] })), pending).status).toBe('loading');
  });

  it('says that it cannot be asked, before and after the advice is hidden', () => {
    const failing = { ...says(about('active')), failing: true };
    expect(build(failing).notices.map(({ title }) => title)).toEqual([
      'It cannot be checked whether a model was stopped',
    ]);
    expect(build({ ...failing, reliable: false }).notices).toMatchObject([
      { title: 'AI advice is switched off', action: 'refresh' },
    ]);
  });
});

describe('asking the registry', () => {
  const STORE = 'https://store.example.org/fhir';
  const ask = async (entries: readonly object[], inStore: boolean) => {
    const { deps, requests } = makeDeps({
      respond: () =>
        Response.json(
          {
            resourceType: 'Bundle',
            type: 'searchset',
            entry: entries.map((resource) => ({ resource })),
          },
          { headers: { 'content-type': 'application/fhir+json' } },
        ),
    });
    const store = {
      gateway: { ...deps.gateway, baseUrl: STORE, search: deps.gateway.search.bind(deps.gateway) },
    };
    const all = { ...deps, ...(inStore && { store: store as never }) };
    const answer = await new QueryClient().fetchQuery(registryQuery(all, 'p1'));
    return { answer, url: new URL(requests[0]?.url ?? '') };
  };

  it('is one search, with the models where recommendations are on another server', async () => {
    const here = await ask([], false);
    expect(here.url.searchParams.has('_include')).toBe(false);
    expect(here.answer).toEqual({ records: [], complete: true, askedAt: NOW });
    expect((await ask([], true)).url.searchParams.get('_include')).toBe('Observation:subject');
  });

  it('a record whose model cannot be told may be about any', async () => {
    const nameless = {
      resourceType: 'Observation',
      id: 's1',
      status: 'final',
      code: {
        coding: [
          {
            system: 'https://clinician-feedback.example.org/fhir/CodeSystem/feedback-item',
            code: 'model-state',
          },
        ],
      },
      subject: { reference: 'Device/gone' },
    };
    expect((await ask([nameless], true)).answer.complete).toBe(false);
    expect((await ask([nameless], false)).answer.complete).toBe(true);
  });
});
