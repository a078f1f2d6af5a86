import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { buildReview } from '#src/state/build-review.ts';
import { registryQuery } from '#src/state/registry.ts';
import { patientQuery, settingQuery } from '#src/state/review.queries.ts';
import { Refused, reviewActions } from '#src/state/review-actions.ts';
import type { CardAnswer, ReviewCard } from '#src/state/review-model.ts';
import { answer, type DepsChange, makeDeps, NOW, SERVER } from './deps.ts';
import { PATIENT, part, query, risk, sources } from './sources.ts';

const RECOMMENDATION = `${SERVER}/RiskAssessment/r1`;
const ACCEPT = { response: 'accepted', reasons: [] } as const;
const MEASURES = {
  displayedAt: '2026-11-22T14:59:00Z',
  timeToResponseMs: 5400.4,
  evidenceOpened: true,
};

/** The actions of a screen that shows `cards`; default: one recommendation about the patient. */
function screen(change: DepsChange & { answers?: readonly CardAnswer[]; shown?: string } = {}) {
  const made = makeDeps(change);
  const client = new QueryClient();
  client.setQueryData(patientQuery(made.deps, 'p1').queryKey, {
    ...PATIENT,
    id: change.shown ?? 'p1',
  });
  const [card] = buildReview(
    sources({ recommendations: query([part('RiskAssessment', [risk('r1')])]) }),
    NOW,
  ).cards;
  if (!card) throw new Error('There is no card.');
  const cards: ReviewCard[] = [{ ...card, answers: change.answers ?? [] }];
  const actions = reviewActions(made.deps, 'p1', client, () => cards);
  return { ...made, actions, cards, client };
}

const given = (change: Partial<CardAnswer> = {}): CardAnswer => ({
  answer: answer('urn:uuid:a1'),
  mine: true,
  by: 'You',
  current: true,
  retracted: false,
  reference: 'Observation/1',
  ...change,
});

describe('answering', () => {
  it('freezes who, whom, where, when, and what was on the screen', async () => {
    const { actions, deps, client } = screen();
    const role = { system: 'urn:roles', code: 'physician' };
    client.setQueryData(settingQuery(deps, 'p1').queryKey, { location: 'Location/5b', role });
    await actions.answer(RECOMMENDATION, ACCEPT, MEASURES);
    expect(deps.outbox.items().map((one) => one.answer)).toEqual([
      {
        ...ACCEPT,
        id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
        issuer: SERVER,
        patient: 'Patient/p1',
        encounter: 'Encounter/e1',
        location: 'Location/5b',
        recommendation: {
          ref: { server: SERVER, type: 'RiskAssessment', id: 'r1' },
          version: '1',
        },
        performer: { reference: 'Practitioner/me', function: role },
        answeredAt: '2026-11-22T16:00:00+01:00',
        model: { state: 'unknown' },
        context: {
          shownProbability: 0.62,
          displayedAt: MEASURES.displayedAt,
          timeToResponseMs: 5400,
          evidenceOpened: true,
          appVersion: '0.1.0',
          shownTitle: 'Risk: Sepsis',
          shownPatient: 'RIVERA, Sam',
        },
      },
    ]);
  });

  it.each<[string, Parameters<typeof screen>[0]]>([
    ['the token speaks of another patient', { tokenPatientId: 'p2' }],
    ['the token speaks of no patient', { tokenPatientId: undefined }],
    ['the banner shows another patient', { shown: 'p2' }],
  ])('is refused, and nothing is recorded, where %s', async (_what, change) => {
    const { actions, deps } = screen(change);
    const refusal = actions.answer(RECOMMENDATION, ACCEPT, MEASURES);
    await expect(refusal).rejects.toBeInstanceOf(Refused);
    await expect(refusal).rejects.toThrow(/Nothing was recorded/);
    expect(deps.outbox.items()).toEqual([]);
  });

  it.each(['Patient/p2', 'https://other.example.org/fhir/Patient/p1', undefined])(
    'is refused where the recommendation is about %s',
    async (subject) => {
      const { actions, cards, deps } = screen();
      const [card] = cards;
      if (!card) throw new Error('There is no card.');
      const { subject: _was, ...recommendation } = card.detail.recommendation;
      cards[0] = {
        ...card,
        detail: {
          ...card.detail,
          recommendation: { ...recommendation, ...(subject && { subject }) },
        },
      };
      await expect(actions.answer(RECOMMENDATION, ACCEPT, MEASURES)).rejects.toBeInstanceOf(
        Refused,
      );
      expect(deps.outbox.items()).toEqual([]);
    },
  );

  it('is refused where the EHR does not say who is signed in', async () => {
    const { actions, deps } = screen({ session: { performer: undefined } });
    await expect(actions.answer(RECOMMENDATION, ACCEPT, MEASURES)).rejects.toThrow(/fhirUser/);
    expect(deps.outbox.items()).toEqual([]);
  });

  it('takes no answer to hidden advice, and takes back an earlier one all the same', async () => {
    const { actions, cards, deps } = screen({ answers: [given()] });
    const [card] = cards;
    if (card) cards[0] = { ...card, advice: 'hidden' };
    await expect(actions.answer(RECOMMENDATION, ACCEPT, MEASURES)).rejects.toThrow('hidden');
    await expect(actions.amend('urn:uuid:a1', ACCEPT, MEASURES)).rejects.toThrow('hidden');
    expect(deps.outbox.items()).toEqual([]);
    await actions.retract('urn:uuid:a1');
    expect(deps.outbox.items()).toHaveLength(1);
  });

  it('asks the registry at once, and waits for no word of it', async () => {
    let asked = 0;
    const { actions, client, deps } = screen({
      respond: () => {
        asked += 1;
        return new Promise<Response>(() => undefined);
      },
    });
    client.setQueryData(registryQuery(deps, 'p1').queryKey, {
      records: [],
      complete: true,
      askedAt: NOW,
    });
    const watcher = new QueryObserver(client, registryQuery(deps, 'p1'));
    const stop = watcher.subscribe(() => undefined);
    await vi.waitFor(() => expect(asked).toBe(1));
    await actions.answer(RECOMMENDATION, ACCEPT, MEASURES);
    expect(deps.outbox.items()).toHaveLength(1);
    await vi.waitFor(() => expect(asked).toBe(2));
    stop();
    await client.cancelQueries();
  });

  it('is refused for a card that is gone', async () => {
    const { actions } = screen();
    await expect(actions.answer('gone', ACCEPT, MEASURES)).rejects.toThrow(/no longer shown/);
  });
});

describe('a change of mind', () => {
  it('is a new answer that replaces the earlier one, by identifier and by place', async () => {
    const { actions, deps } = screen({ answers: [given()] });
    await actions.amend('urn:uuid:a1', { response: 'overridden', reasons: [] }, MEASURES);
    expect(deps.outbox.items()[0]?.answer).toMatchObject({
      response: 'overridden',
      replaces: { id: 'urn:uuid:a1', reference: 'Observation/1' },
    });
  });

  it('undo in the window takes it back and asks no server', async () => {
    const { actions, deps, sent, clock } = screen();
    await actions.answer(RECOMMENDATION, ACCEPT, MEASURES);
    await actions.undo(deps.outbox.items()[0]?.answer.id ?? '');
    clock.advance(60_000);
    expect(sent).toEqual([]);
  });

  it('retract hands the outbox a withdrawal that names the answer', async () => {
    const { actions, sent, deps } = screen({ answers: [given()] });
    await actions.retract('urn:uuid:a1');
    await vi.waitFor(() => expect(deps.outbox.items()[0]?.delivery.state).toBe('stored'));
    expect(sent).toMatchObject([
      {
        response: 'withdrawn',
        reasons: [],
        replaces: { id: 'urn:uuid:a1', reference: 'Observation/1' },
      },
    ]);
  });

  it('retract of an answer that has not left sends nothing', async () => {
    const { actions, cards, deps, sent, clock } = screen();
    await actions.answer(RECOMMENDATION, ACCEPT, MEASURES);
    const [item] = deps.outbox.items();
    const [card] = cards;
    if (!item || !card) throw new Error('Nothing was answered.');
    const { reference: _none, ...onItsWay } = given({ answer: item.answer });
    cards[0] = { ...card, answers: [onItsWay] };
    await actions.retract(item.answer.id);
    clock.advance(60_000);
    expect(deps.outbox.items().map(({ delivery }) => delivery.state)).toEqual(['retracted']);
    expect(sent).toEqual([]);
  });

  it('nobody changes or takes back a colleague’s answer', async () => {
    const { actions, deps } = screen({ answers: [given({ mine: false, by: 'Dr B' })] });
    await expect(actions.retract('urn:uuid:a1')).rejects.toBeInstanceOf(Refused);
    await expect(actions.amend('urn:uuid:a1', ACCEPT, MEASURES)).rejects.toBeInstanceOf(Refused);
    expect(deps.outbox.items()).toEqual([]);
  });

  it('is refused for the wrong patient like any answer', async () => {
    const { actions } = screen({ answers: [given()], tokenPatientId: 'p2' });
    await expect(actions.retract('urn:uuid:a1')).rejects.toThrow(/same patient/);
    await expect(actions.amend('urn:uuid:a1', ACCEPT, MEASURES)).rejects.toThrow(/same patient/);
  });
});

describe('an exposure', () => {
  it('names version, clinician and model, and no answer', () => {
    const { actions, exposures } = screen();
    actions.displayed(RECOMMENDATION, '2026-11-22T14:59:00Z');
    expect(exposures).toEqual([
      {
        issuer: SERVER,
        patient: 'Patient/p1',
        encounter: 'Encounter/e1',
        recommendation: {
          ref: { server: SERVER, type: 'RiskAssessment', id: 'r1' },
          version: '1',
        },
        performer: { reference: 'Practitioner/me' },
        displayedAt: '2026-11-22T14:59:00Z',
        model: { state: 'unknown' },
        appVersion: '0.1.0',
      },
    ]);
  });

  it('is not recorded for nobody, or for a card that is gone', () => {
    const { actions, exposures } = screen({ session: { performer: undefined } });
    actions.displayed(RECOMMENDATION, '2026-11-22T14:59:00Z');
    screen().actions.displayed('gone', '2026-11-22T14:59:00Z');
    expect(exposures).toEqual([]);
  });
});
