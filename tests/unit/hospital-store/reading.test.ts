import { QueryClient } from '@tanstack/react-query';
import type { Observation, RiskAssessment } from 'fhir/r4';
import { afterEach, describe, expect, it } from 'vitest';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import type { Deps } from '#src/state/deps.ts';
import { earlierAnswers } from '#src/state/earlier-answers.ts';
import { makeAnswer } from '#src/state/make-answer.ts';
import { answersQuery } from '#src/state/review.queries.ts';
import type { ReviewCard } from '#src/state/review-model.ts';
import { type Servers, startTwo } from '#tests/contract/two-servers.ts';
import { depsWith, readReview, signInToTwo } from './two-gateways.ts';

let servers: Servers;
afterEach(() => servers.stop());

async function opened(change: Parameters<typeof depsWith>[2] = {}) {
  servers = await startTwo();
  const signedIn = await signInToTwo(servers);
  const store = await signedIn.open();
  signedIn.asked.length = 0;
  return { ...signedIn, deps: depsWith(signedIn, store, change) };
}

function putRisk(change: Partial<RiskAssessment>) {
  const { sandbox } = servers.store;
  const known = sandbox.read('RiskAssessment', 'risk-p1') as RiskAssessment;
  sandbox.put({ ...known, ...change, id: 'risk-p1' });
}

const inStore = ({ store }: Deps) => ({
  hospitalStore: true,
  hideFromPatient: false,
  ...(store && { server: store.gateway.baseUrl, subject: store.subject }),
});

function answerTo(card: ReviewCard | undefined, deps: Deps) {
  if (!card) throw new Error('There is no card.');
  return makeAnswer(deps, {
    performer: 'Practitioner/ada',
    patientId: 'p1',
    detail: card.detail,
    choice: { response: 'overridden', reasons: [] },
    measures: { evidenceOpened: false },
    setting: {},
  });
}

describe('recommendations from the hospital’s own store', () => {
  it('are read there for its own patient, with the model; the chart is read in the EHR', async () => {
    const { deps, asked, gateway } = await opened();
    const { cards, notices, patient, unreadable } = await readReview(deps);
    expect(cards.map(({ detail }) => detail.recommendation)).toMatchObject([
      { id: `${gateway.baseUrl}/RiskAssessment/risk-p1`, subject: 'Patient/person-01' },
    ]);
    expect(cards[0]?.detail.model).toMatchObject({
      name: 'Sepsis early warning',
      version: '3.1.0',
    });
    expect(patient?.id).toBe('p1');
    expect([notices, unreadable]).toEqual([[], []]);
    const of = (name: string) => asked.filter((one) => one.startsWith(name)).join('\n');
    expect(of('store')).toMatch(/RiskAssessment\?patient=Patient%2Fperson-01/);
    expect(of('store')).not.toMatch(/p1\b(?!&)/);
    expect(of('ehr')).toMatch(/Patient\/p1/);
    expect(of('ehr')).not.toMatch(/RiskAssessment|person-01/);
  });

  it('an input is read on the server that it points to', async () => {
    const { deps, asked } = await opened();
    servers.store.sandbox.put({
      resourceType: 'Observation',
      id: 'lactate-p1',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '2524-7', display: 'Lactate' }] },
      subject: { reference: 'Patient/person-01' },
      effectiveDateTime: '2026-03-02T07:30:00Z',
      valueQuantity: { value: 9.9, unit: 'mmol/L', code: 'mmol/L' },
    });
    putRisk({
      basis: [
        { reference: 'Observation/lactate-p1' },
        { reference: `${servers.ehr.url}/fhir/Observation/lactate-p1` },
        { reference: 'https://elsewhere.example.org/fhir/Observation/lactate-p1', display: 'Else' },
      ],
    });
    const [card] = (await readReview(deps)).cards;
    const evidence = card?.detail.evidence ?? [];
    expect(evidence.map(({ latest }) => latest.value)).toEqual([9.9, 3.1, undefined]);
    expect(evidence[2]?.problems[0]?.message).toMatch(/on a server that this app does not read/);
    expect(asked.join()).not.toContain('elsewhere');
    // One trend from both: the store's own result, and the EHR's.
    expect(evidence[0]?.series.map(({ value }) => value)).toEqual([3.1, 9.9]);
  });

  it('an input about somebody else of that server is not shown, whatever its id', async () => {
    const { deps } = await opened();
    servers.store.sandbox.put({
      resourceType: 'Observation',
      id: 'foreign',
      status: 'final',
      code: { text: 'Lactate' },
      // The launched patient's id in the EHR: here it is nobody, or somebody else.
      subject: { reference: 'Patient/p1' },
      valueQuantity: { value: 7 },
    });
    putRisk({ basis: [{ reference: 'Observation/foreign' }] });
    const [item] = (await readReview(deps)).cards[0]?.detail.evidence ?? [];
    expect(item?.latest.value).toBeUndefined();
    expect(item?.problems.map(({ code }) => code)).not.toEqual([]);
  });

  it.each([
    ['the EHR’s id', () => 'Patient/p1'],
    ['the EHR’s patient by address', () => `${servers.ehr.url}/fhir/Patient/p1`],
    ['another patient of the store', () => 'Patient/person-02'],
  ])('a recommendation about %s is no card', async (_what, reference) => {
    const { deps } = await opened({
      session: { fhirContext: [{ reference: 'RiskAssessment/risk-p1' }] },
    });
    putRisk({ subject: { reference: reference() } });
    const { cards, history } = await readReview(deps);
    expect([...cards, ...history]).toEqual([]);
  });

  it.each([
    ['a reference', { fhirContext: [{ reference: 'RiskAssessment/risk-p1' }] }],
    ['appContext', { appContext: '{"recommendation":"RiskAssessment/risk-p1"}' }],
  ])('%s of the launch is resolved in the store', async (_what, session) => {
    const { deps, gateway } = await opened({ session });
    expect((await readReview(deps)).launchedFor).toBe(`${gateway.baseUrl}/RiskAssessment/risk-p1`);
  });

  it('an identifier of the launch is looked for in the store, by POST', async () => {
    const identifier = { system: 'urn:example:runs', value: 'run-7' };
    const { deps, asked, gateway } = await opened({
      session: { fhirContext: [{ identifier, type: 'RiskAssessment' }] },
    });
    putRisk({ identifier: [identifier] });
    expect((await readReview(deps)).launchedFor).toBe(`${gateway.baseUrl}/RiskAssessment/risk-p1`);
    expect(asked).toContain('store POST RiskAssessment/_search');
  });

  it('a pointer to the same id in the EHR names no recommendation of the store', async () => {
    servers = await startTwo();
    const signedIn = await signInToTwo(servers);
    const reference = `${signedIn.ehr.baseUrl}/RiskAssessment/risk-p1`;
    const deps = depsWith(signedIn, await signedIn.open(), {
      session: { fhirContext: [{ reference }] },
    });
    expect((await readReview(deps)).launchedFor).toBeUndefined();
  });
});

describe('answers to them', () => {
  const stored = (deps: Deps, card: ReviewCard | undefined) =>
    toObservation(answerTo(card, deps), inStore(deps));

  it('belong to the EHR’s launch, and name the recommendation where it is', async () => {
    const { deps, ehr, gateway } = await opened();
    const [card] = (await readReview(deps)).cards;
    expect(answerTo(card, deps)).toMatchObject({
      issuer: ehr.baseUrl,
      patient: 'Patient/p1',
      recommendation: { ref: { server: gateway.baseUrl, type: 'RiskAssessment', id: 'risk-p1' } },
    });
  });

  it('are read back from the store, with the name of who gave them', async () => {
    const { deps, gateway } = await opened();
    const [card] = (await readReview(deps)).cards;
    await gateway.create(stored(deps, card));
    const colleague = {
      ...stored(deps, card),
      performer: [{ reference: `${deps.session.issuer}/Practitioner/ben` }],
    } as Observation;
    await gateway.create(colleague);
    const answers = (await readReview(deps)).cards[0]?.answers ?? [];
    expect(answers.map(({ by, mine, reference }) => [by, mine, reference?.split('/')[0]])).toEqual(
      expect.arrayContaining([
        ['You', true, 'Observation'],
        [expect.stringMatching(/Lindqvist/), false, 'Observation'],
      ]),
    );
  });

  it('that the store has about somebody else are left out, and said', async () => {
    const { deps, gateway } = await opened();
    const [card] = (await readReview(deps)).cards;
    servers.store.sandbox.put({
      ...stored(deps, card),
      id: 'odd',
      subject: { reference: 'Patient/person-02' },
    } as Observation & { id: string });
    // A store that answers a search for one patient with another's answer.
    const odd = servers.store.sandbox.read('Observation', 'odd');
    const search = async () => ({ matches: odd ? [odd] : [], included: [], truncated: false });
    const lying = Object.assign(Object.create(gateway), { baseUrl: gateway.baseUrl, search });
    const answers: Deps = {
      ...deps,
      ...(deps.store && { store: { ...deps.store, gateway: lying } }),
    };
    const parts = await new QueryClient().fetchQuery(answersQuery(answers, 'p1'));
    expect(earlierAnswers(answers, 'p1', parts)).toMatchObject({
      read: { answers: [] },
      foreign: [{ code: 'wrong-patient' }],
    });
  });

  it('where the EHR must have them too, both are read, and a copy in both counts once', async () => {
    const observation = { kind: 'fhir-observation', required: true } as const;
    const { deps, ehr, gateway } = await opened({
      issuer: {
        sinks: [
          { ...observation, to: 'store' },
          { ...observation, to: 'ehr' },
        ],
      },
    });
    const [card] = (await readReview(deps)).cards;
    const answer = answerTo(card, deps);
    await ehr.create(toObservation(answer, { hospitalStore: false, hideFromPatient: false }));
    const onlyInEhr = (await readReview(deps)).cards[0]?.answers ?? [];
    // Of an answer that the system of record has not, there is no reference there.
    expect(onlyInEhr.map(({ mine, reference }) => [mine, reference])).toEqual([[true, undefined]]);
    await gateway.create(toObservation(answer, inStore(deps)));
    const inBoth = (await readReview(deps)).cards[0]?.answers ?? [];
    expect(inBoth).toHaveLength(1);
    expect(inBoth[0]?.reference).toMatch(/^Observation\//);
  });

  it('without a sink to the store, the EHR is asked and the store is not', async () => {
    const { deps, asked } = await opened({
      issuer: { sinks: [{ kind: 'fhir-observation', to: 'ehr', required: true }] },
    });
    await readReview(deps);
    const searches = asked.filter((one) => one.includes('recommendation-response'));
    expect(searches.map((one) => one.split(' ')[0])).toEqual(['ehr']);
  });
});

describe('with a store beside an EHR that has the recommendations', () => {
  it('nothing of them is looked for in the store', async () => {
    const { deps, asked } = await opened({ issuer: { recommendationSource: 'ehr' } });
    await readReview(deps);
    expect(asked.filter((one) => one.startsWith('store')).map((one) => one.split('?')[0])).toEqual([
      'store GET Observation',
    ]);
  });
});
