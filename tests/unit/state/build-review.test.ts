import { describe, expect, it } from 'vitest';
import type { StoreConfig } from '#src/domain/site-config.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import type { FhirErrorKind } from '#src/io/gateway.ts';
import { buildReview } from '#src/state/build-review.ts';
import { noDesk } from '#tests/support/no-desk.ts';
import { answer, kind, minutesAgo, NOW } from './deps.ts';
import { failure, PATIENT, part, query, risk, type SourcesChange, sources } from './sources.ts';

const build = (change: SourcesChange = {}, now = NOW) => buildReview(sources(change), now);
const A1 = 'urn:uuid:00000000-0000-4000-8000-00000000000a';
const onServer = {
  ...toObservation(answer(A1), { hideFromPatient: false, hospitalStore: true }),
  id: 'o1',
};

describe('the state of the screen', () => {
  it('is loading until patient and recommendations are there', () => {
    expect(build({ patient: query<typeof PATIENT>(undefined) }).status).toBe('loading');
    expect(build({ recommendations: query<never>(undefined) }).status).toBe('loading');
    expect(build().status).toBe('ready');
  });

  it('waits for the models: before their state is known no advice is shown', () => {
    expect(build({ support: query<never>(undefined) }).status).toBe('loading');
  });

  it('waits for earlier answers: without them an answered card looks open', () => {
    expect(build({ answers: query<never>(undefined) }).status).toBe('loading');
  });

  it('does not wait for the chart: what is missing is pending', () => {
    const model = build({ chart: query<never>(undefined) });
    expect(model.status).toBe('ready');
    expect(model.cards[0]?.detail.pending).toBe(true);
  });

  it('has failed where there is nothing to show', () => {
    expect(build({ patient: query<typeof PATIENT>(undefined, failure('offline')) }).status).toBe(
      'failed',
    );
  });

  it.each<[FhirErrorKind, string]>([
    ['offline', 'ready'],
    ['timeout', 'ready'],
    ['auth', 'ready'],
    ['busy', 'ready'],
    ['server', 'ready'],
    ['forbidden', 'failed'],
    ['not-found', 'failed'],
    ['wrong-patient', 'failed'],
    ['not-fhir', 'failed'],
  ])('when a refresh of the patient fails (%s) it is %s', (kindOfFailure, status) => {
    expect(build({ patient: query(PATIENT, failure(kindOfFailure)) }).status).toBe(status);
  });

  it('says that data is synthetic, and whether an answer can be retracted, as configured', () => {
    expect(build({ deps: { synthetic: true, issuer: { canRetract: false } } })).toMatchObject({
      synthetic: true,
      canRetract: false,
    });
    expect(build()).toMatchObject({ synthetic: false, canRetract: true });
  });

  it.each<[string, ('ehr' | 'store')[], boolean, boolean]>([
    ['the store alone, which can', ['store'], true, true],
    ['the store alone, which cannot', ['store'], false, false],
    ['both, of which the EHR cannot', ['store', 'ehr'], true, false],
  ])('with a store, Undo promises what holds for %s', (_where, places, inStore, expected) => {
    const store: StoreConfig = {
      baseUrl: 'https://store.example.org/fhir',
      label: 'Hospital store',
      auth: 'ehr-token',
      authorizationOrigins: [],
      patientIdentifierSystem: 'urn:mrn',
      canRetract: inStore,
      conditionalCreate: true,
    };
    const sinks = places.map((to) => ({ kind: 'fhir-observation', to, required: true }) as const);
    const issuer = { canRetract: false, store, sinks };
    expect(build({ deps: { issuer } }).canRetract).toBe(expected);
  });

  it.each([true, false])('says whether this device holds answers: %s', (durable) => {
    const made = sources();
    const deps = { ...made.deps, desk: { ...noDesk, durable } };
    expect(buildReview({ ...made, deps }, NOW).holdsAnswers).toBe(durable);
  });
});

describe('cards', () => {
  it('entered in error, cancelled and superseded ones are history, never among the open ones', () => {
    const model = build({
      recommendations: query([
        part('RiskAssessment', [
          risk('open'),
          risk('error', { status: 'entered-in-error' }),
          risk('cancelled', { status: 'cancelled' }),
          risk('old', { occurrenceDateTime: minutesAgo(90) }),
          risk('new', { parent: { reference: 'RiskAssessment/old' } }),
        ]),
      ]),
    });
    const ids = (cards: typeof model.cards) =>
      cards.map(({ detail }) => detail.recommendation.ref.id).toSorted();
    expect(ids(model.cards)).toEqual(['new', 'open']);
    expect(ids(model.history)).toEqual(['cancelled', 'error', 'old']);
  });

  it('about another patient become a stated problem and no card', () => {
    const model = build({
      recommendations: query([
        part('RiskAssessment', [risk('r1', { subject: { reference: 'Patient/p2' } })]),
      ]),
    });
    expect([model.cards, model.history]).toEqual([[], []]);
    expect(model.unreadable.map(({ code }) => code)).toEqual(['wrong-patient']);
  });

  it.each([
    [239, false],
    [241, true],
  ])('%i minutes after production, stale: %s', (minutes, stale) => {
    const model = build({
      recommendations: query([
        part('RiskAssessment', [risk('r1', { occurrenceDateTime: minutesAgo(minutes) })]),
      ]),
    });
    expect(model.cards[0]?.stale).toBe(stale);
  });

  it('of unknown age count as stale', () => {
    const { occurrenceDateTime: _none, ...ageless } = risk('r1');
    const model = build({ recommendations: query([part('RiskAssessment', [ageless])]) });
    expect(model.cards[0]?.stale).toBe(true);
  });

  it('take their kind from their codes, else the default kind', () => {
    const sepsis = { system: 'urn:kinds', code: 'sepsis' };
    const kinds = [{ ...kind, id: 'sepsis', codes: [sepsis] }, kind];
    const model = build({
      deps: { kinds },
      recommendations: query([
        part('RiskAssessment', [
          risk('a', { code: { coding: [sepsis] } }),
          risk('b', { code: { coding: [{ ...sepsis, code: 'other' }] } }),
        ]),
      ]),
    });
    const kindsById = Object.fromEntries(
      model.cards.map((card) => [card.detail.recommendation.ref.id, card.kind.id]),
    );
    expect(kindsById).toEqual({ a: 'sepsis', b: 'default' });
  });

  it('open what the launch was about', () => {
    const fhirContext = [{ reference: 'RiskAssessment/r2' }];
    const model = build({
      deps: { session: { fhirContext } },
      recommendations: query([part('RiskAssessment', [risk('r1'), risk('r2')])]),
    });
    expect(model.launchedFor).toMatch(/RiskAssessment\/r2$/);
  });
});

describe('answers on a card', () => {
  it('mine and a colleague’s are told apart, with the name that the server gives', () => {
    const theirs = {
      ...toObservation(
        answer('urn:uuid:00000000-0000-4000-8000-00000000000b', {
          performer: { reference: 'Practitioner/other' },
          response: 'overridden',
        }),
        { hideFromPatient: false, hospitalStore: true },
      ),
      id: 'o2',
    };
    const model = build({
      answers: query([part('Observation', [onServer, theirs])]),
      support: query([
        part('Practitioner', [
          { resourceType: 'Practitioner', id: 'other', name: [{ text: 'Dr B. Lindqvist' }] },
        ]),
      ]),
    });
    const [card] = model.cards;
    expect(card?.mine?.answer.id).toBe(A1);
    expect(card?.answers.map(({ mine, by }) => [mine, by]).toSorted()).toEqual([
      [false, 'Dr B. Lindqvist'],
      [true, 'You'],
    ]);
  });

  it('a retracted one is history and leaves the card open', () => {
    const model = build({
      answers: query([part('Observation', [{ ...onServer, status: 'entered-in-error' }])]),
    });
    expect(model.cards[0]?.mine).toBeUndefined();
    expect(model.cards[0]?.answers).toMatchObject([{ retracted: true, current: false }]);
  });
});
