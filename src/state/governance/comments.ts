import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import { derivedId } from '#src/domain/governance/derived-id.ts';
import {
  type CommentGroup,
  type CommentOutcome,
  type CommentStanding,
  commentGroups,
  commentStanding,
} from '#src/domain/governance/feedback/comments.ts';
import { may, rolesOf } from '#src/domain/governance/rights.ts';
import { readAnswers } from '#src/fhir/feedback/read-answers.ts';
import { answersBetween } from '#src/fhir/feedback-searches.ts';
import {
  readCommentTask,
  toCommentReply,
  toCommentTask,
} from '#src/fhir/governance/comment.fhir.ts';
import { tasksOf } from '#src/fhir/governance/work-searches.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import { attest, NotOnRecord, putOnRecord } from './put-on-record.ts';

type Acting = Pick<GovernanceDeps, 'gateway' | 'person' | 'roles' | 'clock'>;

const DAY_MS = 86_400_000;
/** How far back one looks: what nobody answered for longer is for the export. */
export const COMMENT_DAYS = 90;
/** Of one search: what a page reads without stopping to answer. */
const MOST_ANSWERS = 5_000;
/** One answer names at most so many: the Task that lists them must stay one that servers take. */
const MOST_NAMED = 150;

export interface WhatWasSaid {
  readonly standings: readonly CommentStanding[];
  /** There are more answers than were read: the oldest are missing. */
  readonly truncated: boolean;
}

/** What clinicians gave as reasons and said, by group, with what was answered. Throws `FhirError`. */
export async function readWhatWasSaid(
  { gateway, clock }: Pick<Acting, 'gateway' | 'clock'>,
  options: RequestOptions,
): Promise<WhatWasSaid> {
  const now = clock.now();
  const [answers, tasks] = await Promise.all([
    // A clock may be ahead: what is dated a day from now is still of today.
    gateway.search(answersBetween(now - COMMENT_DAYS * DAY_MS, now + DAY_MS), {
      ...options,
      cap: MOST_ANSWERS,
    }),
    gateway.search(tasksOf('comment'), options),
  ]);
  const read = readAnswers(answers.matches, gateway.baseUrl);
  const given = tasks.matches.flatMap((one) => readCommentTask(one, gateway.baseUrl) ?? []);
  return {
    standings: commentGroups(read.answers).map((group) => commentStanding(group, given)),
    truncated: answers.truncated,
  };
}

export interface CommentReply {
  /** `urn:uuid:`, made once for these words. */
  readonly id: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly group: CommentGroup;
  readonly about: readonly StoredAnswer[];
  readonly device: string | undefined;
  readonly outcome: CommentOutcome;
  readonly words: string;
}

/**
 * An owner's words on a group: to each clinician about their own answers, then the Task that holds all
 * of it; once however often it is sent. Throws `FhirError`, `NotOnRecord`.
 */
export async function answerComments(
  { gateway, person, roles }: Acting,
  { about, ...draft }: CommentReply,
): Promise<void> {
  if (person.reference === undefined || !may(rolesOf(roles, person.names), 'answer-comment'))
    throw new NotOnRecord('Your roles at this site do not include this.');
  const by = person.reference;
  const whole = { ...draft, about: about.slice(0, MOST_NAMED), by };
  const people = [...new Set(whole.about.map(({ answer }) => answer.performer.reference))];
  const replies: string[] = [];
  for (const to of people) {
    const id = derivedId(draft.id, to);
    const stored = await putOnRecord(gateway, toCommentReply(whole, to, id, gateway.baseUrl), id);
    replies.push(`Communication/${stored.id}`);
  }
  const task = await putOnRecord(gateway, toCommentTask(whole, replies, gateway.baseUrl), draft.id);
  await attest(gateway, {
    targets: [`Task/${task.id}`],
    ...{ by, role: 'author', at: draft.at, activity: 'Answer to what clinicians said' },
  });
}

const keyOf = (server: string) => [server, 'comments'] as const;

export function useWhatWasSaid() {
  const deps = useGovernanceDeps();
  return useQuery({
    queryKey: keyOf(deps.gateway.baseUrl),
    queryFn: ({ signal }) => readWhatWasSaid(deps, { signal }),
  });
}

export function useAnswerComments() {
  const deps = useGovernanceDeps();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reply: CommentReply) => answerComments(deps, reply),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(deps.gateway.baseUrl) }),
  });
}
