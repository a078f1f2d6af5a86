import type { QueryClient } from '@tanstack/react-query';
import type { Answer, Choice } from '#src/domain/feedback.ts';
import { checkIdentity } from '#src/domain/identity.ts';
import type { Deps } from './deps.ts';
import { makeAnswer } from './make-answer.ts';
import { storeOf } from './read-servers.ts';
import { recordSeen } from './record-exposure.ts';
import { registryQuery } from './registry.ts';
import { patientQuery, settingQuery } from './review.queries.ts';
import type { AnswerMeasures, CardAnswer, ReviewActions, ReviewCard } from './review-model.ts';

/** A refusal that the clinician reads on the card; nothing was recorded. */
export class Refused extends Error {}

/** Identity of token, screen and subject, at every answer and report (DESIGN.md §9). */
export function requireSamePatient(
  deps: Deps,
  client: QueryClient,
  patientId: string,
  { detail }: ReviewCard,
): void {
  const { ref, subject } = detail.recommendation;
  const verdict = checkIdentity({
    issuer: deps.session.issuer,
    tokenPatientId: deps.launch.getState().token.patientId,
    shownPatientId: client.getQueryData(patientQuery(deps, patientId).queryKey)?.id,
    subject: subject ?? '',
    subjectServer: ref.server,
    inStore: storeOf(deps),
  });
  if (verdict === 'same') return;
  throw new Refused(
    'Stopped: this window, the sign-in and the recommendation do not speak of the same patient. Nothing was recorded. Open the app again from the chart.',
  );
}

export function requirePerformer({ session }: Deps): string {
  if (session.performer) return session.performer;
  throw new Refused(
    'The EHR did not say which clinician is signed in, so nothing can be recorded. Ask your informatics team about the fhirUser claim.',
  );
}

/** What the clinician can do; `cards` is what is on the screen when it is called. */
export function reviewActions(
  deps: Deps,
  patientId: string,
  client: QueryClient,
  cards: () => readonly ReviewCard[],
): ReviewActions {
  const { outbox, session } = deps;

  const cardOf = (recommendationId: string) =>
    cards().find((card) => card.detail.recommendation.id === recommendationId);

  function requireAnswer(answerId: string): { card: ReviewCard; answer: CardAnswer } {
    for (const card of cards()) {
      const answer = card.answers.find((one) => one.answer.id === answerId);
      if (answer && !answer.mine)
        throw new Refused('Only the clinician who gave an answer can change it.');
      if (answer) return { card, answer };
    }
    throw new Refused('This answer is no longer shown. Nothing was changed.');
  }

  async function submit(
    card: ReviewCard | undefined,
    choice: Choice,
    measures: AnswerMeasures,
    replaces?: CardAnswer,
    hand: (answer: Answer) => Promise<void> = (answer) => outbox.submit(answer),
  ): Promise<void> {
    if (!card) throw new Refused('This recommendation is no longer shown. Nothing was recorded.');
    requireSamePatient(deps, client, patientId, card);
    const performer = requirePerformer(deps);
    const { detail } = card;
    const held = hand(
      makeAnswer(deps, {
        performer,
        patientId,
        detail,
        choice,
        measures,
        replaces,
        setting: client.getQueryData(settingQuery(deps, patientId).queryKey) ?? {},
        patientName: client.getQueryData(patientQuery(deps, patientId).queryKey)?.displayName,
      }),
    );
    // What was decided by what was shown is on record before anybody asks whether it may still be.
    const { queryKey } = registryQuery(deps, patientId);
    void client.refetchQueries({ queryKey });
    await held;
  }

  /** Advice that is no longer on the screen takes no answer; taking one back is always possible. */
  function requireShown(card: ReviewCard | undefined): ReviewCard | undefined {
    if (card?.advice !== 'hidden') return card;
    throw new Refused('The advice of this model was hidden meanwhile. Nothing was recorded.');
  }

  /** Wherever the answer is: not sent yet, on its way, or stored (domain/outbox/collapse.ts). */
  async function retract(answerId: string): Promise<void> {
    const { card, answer } = requireAnswer(answerId);
    const withdrawn: Choice = { response: 'withdrawn', reasons: [] };
    await submit(card, withdrawn, { evidenceOpened: false }, answer, (withdrawal) =>
      outbox.retract(withdrawal),
    );
  }

  return {
    answer: async (id, choice, measures) => submit(requireShown(cardOf(id)), choice, measures),
    amend: async (answerId, choice, measures) => {
      const { card, answer } = requireAnswer(answerId);
      await submit(requireShown(card), choice, measures, answer);
    },
    undo: async (answerId) => {
      if (!(await outbox.undo(answerId))) await retract(answerId);
    },
    edit: (answerId, change) => outbox.edit(answerId, change),
    retract,
    retry: (answerId) => outbox.retry(answerId),
    displayed: (id, at) => {
      const card = cardOf(id);
      if (card) recordSeen(deps, patientId, card.detail, at);
    },
    refresh: () => void client.invalidateQueries({ queryKey: [session.issuer, patientId] }),
    signIn: () => deps.signIn(),
  };
}
