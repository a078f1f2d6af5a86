import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { may, rolesOf } from '#src/domain/governance/rights.ts';
import {
  type Escalation,
  type EscalationStep,
  readEscalation,
  withAnswer,
} from '#src/fhir/governance/escalation.fhir.ts';
import { tasksOf } from '#src/fhir/governance/work-searches.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import { changeTask, readUnchanged } from './change-task.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import { attest, NotOnRecord } from './put-on-record.ts';

type Acting = Pick<GovernanceDeps, 'gateway' | 'person' | 'roles' | 'timestamp'>;

/** Breaches, warnings and signals that somebody has to answer, or has answered. Throws `FhirError`. */
export async function readEscalations(
  { gateway }: Pick<Acting, 'gateway'>,
  options: RequestOptions,
): Promise<readonly Escalation[]> {
  const { matches } = await gateway.search(tasksOf('escalation'), options);
  return matches.flatMap((one) => readEscalation(one, gateway.baseUrl) ?? []);
}

export interface EscalationAnswer extends Pick<EscalationStep, 'step' | 'words'> {
  readonly escalation: Escalation;
}

/** Takes it on, or says what was done, over the version that was seen. Throws `FhirError`, `NotOnRecord`, `SomebodyWasFaster`. */
export async function answerEscalation(
  { gateway, person, roles, timestamp }: Acting,
  { escalation, step, words }: EscalationAnswer,
): Promise<void> {
  const by = person.reference;
  if (by === undefined || !may(rolesOf(roles, person.names), 'answer-escalation'))
    throw new NotOnRecord('Your roles at this site do not include this.');
  if (step === 'done' && words === '') throw new NotOnRecord('Say what was done.');
  const at = timestamp();
  const task = await readUnchanged(gateway, escalation.task, escalation.version);
  await changeTask(gateway, withAnswer(task, { step, by, at, words }));
  const activity = step === 'done' ? 'Escalation: acted on' : 'Escalation: taken on';
  await attest(gateway, { targets: [escalation.task], by, role: 'author', at, activity });
}

const keyOf = (server: string) => [server, 'escalations'] as const;

export function useEscalations() {
  const deps = useGovernanceDeps();
  return useQuery({
    queryKey: keyOf(deps.gateway.baseUrl),
    queryFn: ({ signal }) => readEscalations(deps, { signal }),
    // Whoever opens the list sees what others did meanwhile.
    staleTime: 0,
    refetchInterval: 30_000,
  });
}

export function useAnswerEscalation() {
  const deps = useGovernanceDeps();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (answer: EscalationAnswer) => answerEscalation(deps, answer),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(deps.gateway.baseUrl) }),
  });
}
