import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { derivedId } from '#src/domain/governance/derived-id.ts';
import {
  type ActionOutcome,
  announces,
  isToBeAsked,
} from '#src/domain/governance/feedback/attested.ts';
import { referenceOn } from '#src/fhir/feedback/reference.fhir.ts';
import { actionSearch, readActionCheck, toActionTask } from '#src/fhir/governance/attested.fhir.ts';
import { useDeps } from './deps.ts';
import { putOnRecord } from './governance/put-on-record.ts';
import type { ReviewCard } from './review-model.ts';
import { useNow } from './use-now.ts';
import { recordOf } from './use-safety.ts';

export interface Announced {
  /** It is time to ask what became of it. */
  readonly asked: boolean;
  /** What is new in the chart since, by the site's watch rules. */
  readonly found: readonly string[];
  readonly failed: boolean;
  say(outcome: ActionOutcome): void;
}

/** What this clinician announced at a card: asked for once, some hours later, where the record takes it. */
export function useAnnounced({ mine, detail }: ReviewCard): Announced {
  const deps = useDeps();
  const client = useQueryClient();
  const now = useNow(deps.clock);
  const record = recordOf(deps);
  const answer = mine?.answer;
  const { issuer, patientId, performer } = deps.session;
  const queryKey = [issuer, patientId, 'announced'];
  const wanted = answer !== undefined && announces(answer);
  const { data } = useQuery({
    queryKey,
    enabled: wanted && record !== undefined && performer !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      if (!record) return [];
      const search = actionSearch(`Patient/${record.patientId}`);
      const { matches } = await record.gateway.search(search, { signal });
      return matches.flatMap((one) => readActionCheck(one, record.server) ?? []);
    },
  });
  const found = detail.chartChanges
    .filter(({ at }) => answer !== undefined && Date.parse(at) > Date.parse(answer.answeredAt))
    .map(({ watch, label }) => `${watch}: ${label}`);
  const saying = useMutation({
    mutationFn: async (outcome: ActionOutcome) => {
      if (!record || !answer || performer === undefined) return;
      const id = derivedId(answer.id, 'announced action');
      const task = toActionTask({
        ...{ id, answer, outcome, found, at: deps.timestamp() },
        patient: `Patient/${record.patientId}`,
        by: referenceOn(record.server, issuer, performer),
      });
      await putOnRecord(record.gateway, task, id);
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return {
    asked: answer !== undefined && data !== undefined && isToBeAsked(answer, data, now),
    found,
    failed: saying.isError,
    say: (outcome) => saying.mutate(outcome),
  };
}
