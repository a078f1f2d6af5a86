import { describe, expect, it } from 'vitest';
import type { FhirErrorKind } from '#src/io/gateway.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';
import { reviewNotices } from '#src/state/notices.ts';
import { NOW, SERVER } from './deps.ts';
import { failedPart, failure, part, query, type SourcesChange, sources } from './sources.ts';

const titles = (change: SourcesChange) =>
  reviewNotices(sources(change), NOW).map(({ title }) => title);
const noAnswers = 'Earlier answers could not be read';
const noChart = 'Some of the chart could not be read';

describe('what is missing never looks like what is empty', () => {
  it('says nothing where everything was read, even if all of it is empty', () => {
    expect(titles({})).toEqual([]);
    expect(titles({ recommendations: query([part('RiskAssessment')]) })).toEqual([]);
  });

  it.each<[string, SourcesChange, string[]]>([
    [
      'a carrier refused',
      { recommendations: query([failedPart('DetectedIssue', 'forbidden')]) },
      ['Some recommendations may be missing'],
    ],
    [
      'a carrier broken',
      { recommendations: query([failedPart('DetectedIssue', 'server')]) },
      ['Some recommendations may be missing'],
    ],
    [
      'a carrier that the server does not have',
      { recommendations: query([failedPart('DetectedIssue', 'not-found')]) },
      [],
    ],
    [
      'earlier answers refused',
      { answers: query([failedPart('Observation', 'forbidden')]) },
      [noAnswers],
    ],
    [
      'earlier answers cut off',
      { answers: query([part('Observation', [], { truncated: true })]) },
      [noAnswers],
    ],
    ['chart refused', { chart: query([failedPart('Observation', 'forbidden')]) }, [noChart]],
    ['chart cut off', { chart: query([part('Observation', [], { truncated: true })]) }, [noChart]],
    ['inputs refused', { support: query([failedPart('Device', 'server')]) }, [noChart]],
    [
      'recommendations cut off',
      { recommendations: query([part('RiskAssessment', [], { truncated: true })]) },
      ['Only the first recommendations are shown'],
    ],
    [
      'patient not readable',
      { patient: query<never>(undefined, new Error('No name.')) },
      ['The recommendations could not be read'],
    ],
    [
      'patient forbidden',
      { patient: query<never>(undefined, failure('forbidden')) },
      ['The EHR does not let this app read this patient'],
    ],
    [
      'all searches failed',
      { recommendations: query<never>(undefined, failure('server')) },
      ['The recommendations could not be read'],
    ],
  ])('%s', (_what, change, expected) => {
    expect(titles(change)).toEqual(expected);
  });

  it.each<[FhirErrorKind, string]>([
    ['auth', 'Your sign-in has ended'],
    ['offline', 'No connection to the EHR'],
    ['timeout', 'No connection to the EHR'],
  ])('%s is said once, whatever it broke', (kind, title) => {
    expect(
      titles({
        patient: query<never>(undefined, failure(kind)),
        recommendations: query([failedPart('RiskAssessment', kind)]),
        answers: query([failedPart('Observation', kind)]),
        chart: query([failedPart('Observation', kind)]),
        support: query([failedPart('Device', kind)]),
      }),
    ).toEqual([title]);
  });

  it('earlier answers that did not come are missed by name, even with the connection', () => {
    expect(titles({ answers: query([failedPart('Observation', 'timeout')]) })).toEqual([
      'No connection to the EHR',
      'Earlier answers could not be read',
    ]);
  });

  it('an ended sign-in comes before a lost connection, and offers the way back', () => {
    const [first, ...others] = reviewNotices(
      sources({
        answers: query([failedPart('Observation', 'offline')]),
        chart: query([failedPart('Observation', 'auth')]),
      }),
      NOW,
    );
    expect(first?.action).toBe('sign-in');
    expect(others).toEqual([]);
  });
});

describe('a panel for which the browser keeps nothing', () => {
  const deps = { lasting: false };

  it('says once what is lost with it', () => {
    expect(titles({ deps })).toEqual(['This panel keeps nothing']);
  });

  it('does not promise that a sign-in keeps what was typed', () => {
    const change = { deps, patient: query<never>(undefined, failure('auth')) };
    const [signedOut] = reviewNotices(sources(change), NOW);
    expect(signedOut).toMatchObject({ title: 'Your sign-in has ended', action: 'sign-in' });
    expect(signedOut?.message).not.toContain('is kept');
  });
});

describe('with a store of the hospital', () => {
  const STORE = 'https://store.example.org/fhir';
  const withStore = (change: SourcesChange, doubts: OpenedStore['doubts'] = []) => {
    const all = sources(change);
    const { deps } = all;
    const config = { label: 'Hospital store' } as OpenedStore['config'];
    const gateway = { baseUrl: STORE } as OpenedStore['gateway'];
    const store = { config, gateway, subject: 'Patient/77', doubts };
    return reviewNotices({ ...all, deps: { ...deps, store } }, NOW);
  };
  const failed = (server: string, kind: FhirErrorKind) => ({
    ...failedPart('RiskAssessment', kind),
    server,
  });

  it.each<[string, SourcesChange, string]>([
    [
      'the store',
      { recommendations: query([failed(STORE, 'offline')]) },
      'No connection to Hospital store',
    ],
    ['the EHR', { chart: query([failed(SERVER, 'timeout')]) }, 'No connection to the EHR'],
    [
      'both',
      {
        patient: query<never>(undefined, failure('offline')),
        recommendations: query([failed(STORE, 'offline')]),
      },
      'No connection to the EHR and Hospital store',
    ],
  ])('a lost connection names %s', (_which, change, title) => {
    expect(withStore(change).map((notice) => notice.title)).toContain(title);
  });

  it('what was not given is said of the server that did not give it', () => {
    const [notice] = withStore({ recommendations: query([failed(STORE, 'forbidden')]) });
    expect(notice?.message).toBe('Hospital store did not give: RiskAssessment.');
  });

  it.each<[NonNullable<OpenedStore['doubts']>[number], RegExp]>([
    [{ trait: 'family-name', why: 'differs' }, /has another family name/],
    [{ trait: 'gender', why: 'differs' }, /has another sex/],
    [{ trait: 'birth-date', why: 'not-compared' }, /found by number alone/],
  ])('a doubt about the patient is the first thing said (%o)', (doubt, message) => {
    const [first] = withStore({}, [doubt]);
    expect(first).toMatchObject({ tone: 'warning', title: 'Check that this is your patient' });
    expect(first?.message).toMatch(message);
  });
});
