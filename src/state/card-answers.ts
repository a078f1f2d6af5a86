import { answerHistories } from '#src/domain/answer-chain.ts';
import type { OutboxItem } from '#src/domain/delivery.ts';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import { holdsWhole, type SinkId } from '#src/domain/sinks.ts';
import type { ReadAnswers } from '#src/fhir/feedback/read-answers.ts';
import type { CardAnswer } from './review-model.ts';

/** Answers of all clinicians, from the server and from this session's outbox, by recommendation. */
export interface AnswersByRecommendation {
  of(recommendationId: string): readonly CardAnswer[];
}

interface Input {
  readonly read: ReadAnswers;
  readonly outboxItems: readonly OutboxItem[];
  readonly performer: string | undefined;
  /** System of record: a reference to an answer is at home there. */
  readonly record: string;
  readonly nameOf: (reference: string) => string | undefined;
  /** As people know a place that answers go to. */
  readonly placeName: (sink: SinkId) => string;
}

/**
 * One list for a card: what the server holds, and over it what this session's outbox knows, which is
 * newer. An answer that is on its way already replaces the one it names.
 */
export function cardAnswers({
  read,
  outboxItems,
  performer,
  record,
  nameOf,
  placeName,
}: Input): AnswersByRecommendation {
  const items = outboxItems.filter((item) => item.delivery.state !== 'retracted');
  const sending = new Map(items.map((item) => [item.answer.id, item]));
  const onServer = new Set(read.answers.map((stored) => stored.answer.id));
  const onTheWay = items
    .filter((item) => !onServer.has(item.answer.id))
    .map((item) => asStored(item));
  const context = { performer, record, nameOf, placeName };
  const histories = answerHistories([...read.answers, ...onTheWay], read.unread);
  return {
    of: (recommendationId) => {
      const history = histories.get(recommendationId);
      if (!history) return [];
      const heads = new Set(history.heads.map((head) => head.answer.id));
      return history.chains
        .flatMap((chain) => chain.answers)
        .map((stored) => toCardAnswer(stored, heads, sending.get(stored.answer.id), context))
        .toSorted((a, b) => Date.parse(b.answer.answeredAt) - Date.parse(a.answer.answeredAt));
    },
  };
}

function toCardAnswer(
  stored: StoredAnswer,
  heads: ReadonlySet<string>,
  item: OutboxItem | undefined,
  { performer, record, nameOf, placeName }: Omit<Input, 'read' | 'outboxItems'>,
): CardAnswer {
  const { answer } = stored;
  const who = answer.performer.reference;
  const mine = who === performer;
  const pending = stored.ref.id === answer.id;
  // Where only another server has it, it is found by its identifier.
  const there = stored.ref.server === record ? `Observation/${stored.ref.id}` : undefined;
  const reference = pending ? referenceIn(item) : there;
  return {
    answer,
    mine,
    by: mine ? 'You' : (nameOf(who) ?? answer.performer.display ?? who),
    current: heads.has(answer.id),
    retracted: stored.status === 'entered-in-error',
    ...(reference && { reference }),
    ...(item && { delivery: item.delivery }),
    ...(item?.places && {
      places: item.places.map(({ sink, ...place }) => ({ name: placeName(sink), ...place })),
    }),
  };
}

/** Where it stands whole; a projection of it is no answer that another could replace. */
function referenceIn(item: OutboxItem | undefined): string | undefined {
  const place = item?.places?.find(({ sink }) => holdsWhole(sink));
  const delivery = item?.places ? place?.delivery : item?.delivery;
  return delivery?.state === 'stored' || delivery?.state === 'degraded'
    ? delivery.reference
    : undefined;
}

/** Not on a server yet: its own identifier stands in for the id that the server will give. */
function asStored(item: OutboxItem): StoredAnswer {
  return {
    answer: item.answer,
    ref: { server: item.answer.issuer, type: 'Observation', id: item.answer.id },
    status: 'final',
  };
}
