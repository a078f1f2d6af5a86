import type { Task } from 'fhir/r4';
import { derivedId } from '#src/domain/governance/derived-id.ts';
import { isoWithOffset } from '#src/domain/timestamp.ts';
import { toNotice } from '#src/fhir/governance/communication.fhir.ts';
import { type Escalation, withMark } from '#src/fhir/governance/escalation.fhir.ts';
import type { EscalationMark } from '#src/fhir/governance/escalation-terms.ts';
import { FhirError, type FhirGateway } from '../gateway.ts';
import { changed, NotGivenBack, once } from './on-record.ts';
import type { TaskOnRecord } from './read-registry.ts';
import { notify, type Webhook, WebhookFailed, type WebhookMessage } from './webhook.ts';

/** Who says it to whom. */
export interface Told {
  /** Reference of the service. */
  readonly by: string;
  readonly committee: string;
  /** Absent: nothing goes out. */
  readonly webhook: Webhook | undefined;
}

export interface Following extends Told {
  readonly gateway: FhirGateway;
  /** Epoch ms. */
  readonly at: number;
}

const WORDS: Readonly<Record<EscalationMark, string>> = {
  'owner-told': 'the owner was told',
  'webhook-sent': 'the webhook was taken',
  'committee-told-acknowledge': 'nobody has taken it on in time; the committee was told',
  'committee-told-act': 'nothing was done in time; the committee was told',
  'episode-over': 'it is over',
};

/**
 * What is still to be done about one matter, and is marked on its Task once it is: each mark is set after
 * its deed, and each deed has an identifier, so that a deed whose mark was lost is done as the same one.
 * Throws `FhirError`, `NotGivenBack`, `WebhookFailed` after all that could be done was.
 */
export async function followUp(
  following: Following,
  { escalation, resource }: TaskOnRecord,
  isOver: boolean,
): Promise<readonly string[]> {
  const due = dueMarks(following, escalation, isOver);
  const marks: EscalationMark[] = [];
  const failures: Error[] = [];
  for (const mark of due)
    try {
      await DEEDS[mark](following, escalation);
      marks.push(mark);
    } catch (cause) {
      if (!isExpected(cause)) throw cause;
      failures.push(cause);
    }
  if (marks.length > 0) {
    const marked = marks.reduce<Task & { readonly id: string }>(
      (task, mark) => withMark(task, mark, following.at),
      resource,
    );
    if (!(await changed(following.gateway, marked)))
      failures.push(
        new NotGivenBack('Somebody changed the task meanwhile; the next run marks it.'),
      );
  }
  const [first] = failures;
  if (first) throw first;
  return marks.map((mark) => WORDS[mark]);
}

const isExpected = (cause: unknown): cause is Error =>
  cause instanceof FhirError || cause instanceof NotGivenBack || cause instanceof WebhookFailed;

function dueMarks(
  { at, webhook }: Following,
  { marks, standing, acknowledgeBy, actBy, over }: Escalation,
  isOver: boolean,
): readonly EscalationMark[] {
  const late = (by: string | undefined): boolean => by !== undefined && Date.parse(by) < at;
  const wanted: readonly (readonly [EscalationMark, boolean])[] = [
    ['owner-told', standing !== 'done'],
    ['webhook-sent', standing !== 'done' && webhook !== undefined],
    ['committee-told-acknowledge', standing === 'open' && late(acknowledgeBy)],
    ['committee-told-act', (standing === 'open' || standing === 'acknowledged') && late(actBy)],
    ['episode-over', isOver && !over],
  ];
  return wanted.flatMap(([mark, is]) => (is && !marks.includes(mark) ? [mark] : []));
}

/** Nobody may rely on an action that failed. */
const NOT_DONE = 'What was to follow by itself is not on record: do it by hand.';

type Deed = (following: Following, escalation: Escalation) => Promise<void>;

const DEEDS: Readonly<Record<EscalationMark, Deed>> = {
  'owner-told': (following, one) =>
    tell(following, one, one.owner ?? following.committee, 'owner', one.title),
  'webhook-sent': ({ gateway, webhook }, one) =>
    send(webhook, message(gateway, one, 'escalation.raised', one.id, one.owner)),
  'committee-told-acknowledge': (following, one) =>
    overdue(following, one, 'acknowledge', 'Nobody has taken it on in time'),
  'committee-told-act': (following, one) =>
    overdue(following, one, 'act', 'Nothing was done in time'),
  'episode-over': async () => undefined,
};

/** The record first: where the webhook fails, it stands all the same, and the webhook is tried again. */
async function overdue(
  following: Following,
  one: Escalation,
  what: string,
  words: string,
): Promise<void> {
  const { gateway, webhook, committee } = following;
  await tell(following, one, committee, what, `${words}: ${one.title}`);
  const id = derivedId(one.id, `overdue ${what}`);
  await send(webhook, message(gateway, one, 'escalation.overdue', id, committee));
}

async function tell(
  { gateway, by, at }: Following,
  { id, task, words, level, action }: Escalation,
  to: string,
  what: string,
  title: string,
): Promise<void> {
  const own = derivedId(id, `notice ${what}`);
  await once(gateway, 'Communication', own, () =>
    toNotice({
      ...{ id: own, about: task, from: by, to, at: isoWithOffset(at, 0) },
      ...{ urgent: level === 'breach', words: [title, words, action ?? NOT_DONE].join('\n\n') },
    }),
  );
}

const send = async (webhook: Webhook | undefined, what: WebhookMessage): Promise<void> => {
  if (webhook) await notify(webhook, what);
};

function message(
  { baseUrl }: FhirGateway,
  { task, level, title, acknowledgeBy, actBy, action }: Escalation,
  type: WebhookMessage['type'],
  id: string,
  to: string | undefined,
): WebhookMessage {
  const data = { task: `${baseUrl}/${task}`, level, title, to: to ?? '' };
  return { id, type, data: { ...data, acknowledgeBy, actBy, action } };
}
