import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { checkIdentity, type IdentityVerdict } from '#src/domain/identity.ts';
import { readRecommendations } from '#src/fhir/recommendation.fhir.ts';
import { buildReview } from './build-review.ts';
import type { Deps } from './deps.ts';
import type { Part } from './fetch-parts.ts';
import { sourceOf } from './read-servers.ts';
import { recordWithheld } from './record-exposure.ts';
import {
  answersQuery,
  chartQuery,
  patientQuery,
  recommendationsQuery,
  settingQuery,
  supportQuery,
} from './review.queries.ts';
import { reviewActions } from './review-actions.ts';
import type { ReviewActions, ReviewModel } from './review-model.ts';
import { performersIn } from './support-searches.ts';
import { isDelivered, useItemsAbout } from './use-outbox.ts';
import { useRegistry } from './use-registry.ts';

export interface Review {
  readonly model: ReviewModel;
  readonly actions: ReviewActions;
  /** `unknown` until the patient is read. */
  readonly identity: IdentityVerdict | 'unknown';
}

const NONE: readonly Part[] = [];

/** Everything that the review screen shows and does, for the patient of this launch. */
export function useReview(deps: Deps, patientId: string, now: number): Review {
  const client = useQueryClient();
  const tokenPatientId = useStore(deps.launch, ({ token }) => token.patientId);
  const patient = useQuery(patientQuery(deps, patientId));
  const recommendations = useQuery(recommendationsQuery(deps, patientId));
  const answers = useQuery(answersQuery(deps, patientId));
  const chart = useQuery(chartQuery(deps, patientId));
  const setting = useQuery(settingQuery(deps, patientId));
  const registry = useRegistry(deps, patientId, now);
  const found = recommendations.data ?? NONE;
  const read = useMemo(
    () =>
      readRecommendations({
        ...sourceOf(deps, patientId),
        resources: found.flatMap((part) => part.matches),
        included: found.flatMap((part) => part.included),
        source: deps.issuer,
      }),
    [deps, patientId, found],
  );
  const people = useMemo(() => performersIn(answers.data ?? NONE), [answers.data]);
  const support = useQuery({
    ...supportQuery(deps, patientId, read.recommendations, found, people),
    enabled: recommendations.isSuccess,
    placeholderData: (previous) => previous,
  });
  // A recommendation that comes later appears once its inputs and its model's state are there too.
  const [shownRead, setShownRead] = useState(read);
  if (shownRead !== read && !support.isPlaceholderData) setShownRead(read);
  const here = useItemsAbout(deps.outbox, shownRead.recommendations);
  useRefetchWhenDelivered(deps, patientId, here.filter(isDelivered).length);

  // Staleness and model states change by the minute; the screen must not be rebuilt each second.
  const minute = Math.floor(now / 60_000) * 60_000;
  const model = useMemo(
    () =>
      buildReview(
        {
          deps,
          patientId,
          read: shownRead,
          patient,
          recommendations,
          answers,
          chart,
          support,
          setting,
          registry,
          outboxItems: here,
        },
        minute,
      ),
    [
      deps,
      patientId,
      shownRead,
      patient,
      recommendations,
      answers,
      chart,
      support,
      setting,
      registry,
      here,
      minute,
    ],
  );
  useRecordWithheld(deps, patientId, model);
  const shown = useRef(model);
  useLayoutEffect(() => {
    shown.current = model;
  }, [model]);
  const actions = useMemo(
    () =>
      reviewActions(deps, patientId, client, () => [
        ...shown.current.cards,
        ...shown.current.history,
      ]),
    [deps, patientId, client],
  );
  return {
    model,
    actions,
    identity: patient.data
      ? checkIdentity({
          issuer: deps.session.issuer,
          tokenPatientId,
          shownPatientId: patient.data.id,
        })
      : 'unknown',
  };
}

/** Once the screen is there, hence once it is known that it stays without them. */
function useRecordWithheld(deps: Deps, patientId: string, { status, withheld }: ReviewModel): void {
  useEffect(() => {
    if (status === 'ready') for (const one of withheld) recordWithheld(deps, patientId, one);
  }, [deps, patientId, status, withheld]);
}

/** What the server has of an answer that was just delivered is worth fetching at once. */
function useRefetchWhenDelivered(deps: Deps, patientId: string, delivered: number): void {
  const client = useQueryClient();
  useEffect(() => {
    if (delivered > 0)
      void client.invalidateQueries({ queryKey: answersQuery(deps, patientId).queryKey });
  }, [client, deps, patientId, delivered]);
}
