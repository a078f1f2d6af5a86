import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { type ResourceRef, sameResource } from '#src/domain/coding.ts';
import type { ReportItem } from '#src/domain/delivery.ts';
import type { Concern } from '#src/domain/governance/incidents/incident.ts';
import { referenceOn } from '#src/fhir/feedback/reference.fhir.ts';
import { type CommentReply, readCommentReplies } from '#src/fhir/governance/comment-reply.fhir.ts';
import { type Reply, readReplies, replySearches } from '#src/fhir/governance/reply.fhir.ts';
import { type Deps, useDeps } from './deps.ts';
import { allOf, ask, fetchParts } from './fetch-parts.ts';
import { freezeCard, type OnScreen } from './freeze-card.ts';
import { ehrOf, type ReadServer, storeOf } from './read-servers.ts';
import type { ReviewCard } from './review-model.ts';
import { reportConcern } from './safety-report.ts';

/** The hospital's own record, where reports are kept; never the EHR's chart. */
export function recordOf(deps: Deps): ReadServer | undefined {
  const { patientId = '' } = deps.session;
  return storeOf(deps) ?? (deps.issuer.hospitalStore ? ehrOf(deps, patientId) : undefined);
}

export interface SafetyReporting {
  /** False: nobody keeps reports here. */
  readonly possible: boolean;
  readonly contact: string | undefined;
  readonly mayWithholdName: boolean;
  /** Rejects with a message for the clinician. */
  report(concern: Concern): Promise<string>;
}

/** What can be done about a report that was made. */
export type ReportDesk = Pick<Deps['outbox'], 'undo' | 'retry'> & Pick<Deps, 'signIn'>;

export function useReportDesk(): ReportDesk {
  const deps = useDeps();
  return {
    undo: (id) => deps.outbox.undo(id),
    retry: (id) => deps.outbox.retry(id),
    signIn: () => deps.signIn(),
  };
}

/** The evidence is frozen when this is first called: what raised the concern is on the screen then. */
export function useReporting(screen: OnScreen): SafetyReporting {
  const deps = useDeps();
  const client = useQueryClient();
  const [frozen] = useState(() => freezeCard(deps, client, screen));
  const { safetyContact, confidentialReports } = deps.config.governance;
  return {
    possible: recordOf(deps) !== undefined,
    contact: safetyContact,
    mayWithholdName: confidentialReports,
    report: (concern) => reportConcern(deps, client, { card: screen.card, concern, frozen }),
  };
}

/** Reports of this session about one recommendation, newest first. */
export function useReportsAbout(recommendation: ResourceRef): readonly ReportItem[] {
  const { outbox } = useDeps();
  const all = useSyncExternalStore(
    useCallback((listener: () => void) => outbox.subscribe(listener), [outbox]),
    () => outbox.reports(),
  );
  return all
    .filter(
      ({ report, delivery }) =>
        sameResource(report.recommendation.ref, recommendation) && delivery.state !== 'retracted',
    )
    .toSorted((a, b) => Date.parse(b.report.reportedAt) - Date.parse(a.report.reportedAt));
}

/** Where the EHR's own token says that it may not, nobody is asked in vain. */
const mayReadReplies = ({ session, store }: Deps): boolean =>
  store !== undefined ||
  session.scopes.some((scope) => scope.includes('/Communication.') || scope.includes('/*.'));

export interface Replies {
  readonly replies: readonly Reply[];
  /** They could not be read, or not all of them. */
  readonly incomplete: boolean;
}

interface Answered {
  readonly replies: readonly Reply[];
  readonly comments: readonly CommentReply[];
  readonly incomplete: boolean;
}

const NOTHING: Answered = { replies: [], comments: [], incomplete: false };

/** All that was answered to this clinician: one round of requests for every card. */
function useAnswered(): Answered {
  const deps = useDeps();
  const record = recordOf(deps);
  const { performer, issuer, patientId } = deps.session;
  const { data } = useQuery({
    queryKey: [issuer, patientId, 'safety-replies'],
    enabled: record !== undefined && performer !== undefined && mayReadReplies(deps),
    refetchInterval: 300_000,
    queryFn: async ({ signal }): Promise<Answered> => {
      if (!record || !performer) return NOTHING;
      const me = referenceOn(record.server, issuer, performer);
      const searches = replySearches(`Patient/${record.patientId}`, me);
      const parts = await fetchParts(ask(record, searches), signal);
      return {
        replies: readReplies(allOf(parts), record.server),
        comments: readCommentReplies(allOf(parts)),
        incomplete: parts.some(({ failure }) => failure !== undefined),
      };
    },
  });
  return data ?? NOTHING;
}

/** What the safety team answered to this clinician about one recommendation. */
export function useReplies(recommendation: ResourceRef): Replies {
  const { replies, incomplete } = useAnswered();
  return {
    replies: replies.filter(({ about }) => sameResource(about, recommendation)),
    incomplete,
  };
}

/** What owners answered to what this clinician said at one card. */
export function useCommentReplies({ answers }: ReviewCard): readonly CommentReply[] {
  const own = answers.filter(({ mine }) => mine).map(({ answer }) => answer.id);
  return useAnswered().comments.filter(({ about }) => about.some((one) => own.includes(one)));
}
