import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { mayRely } from '#src/domain/governance/model-state-advice.ts';
import type { Deps } from './deps.ts';
import { NO_REGISTRY, type RegistryView, registryQuery } from './registry.ts';

/** What the registry says of the models, asked again while the screen is open and whenever it comes back into use. */
export function useRegistry(deps: Deps, patientId: string, now: number): RegistryView {
  const { data: answer, error, isPending } = useQuery(registryQuery(deps, patientId));
  useAskOnFocus(deps, patientId);
  const { governance } = deps.config;
  const failing = error !== null;
  const known = { failing, ...(answer && { answeredAt: answer.askedAt }) };
  const reliable = mayRely(known, governance, now);
  const view = useMemo(
    () => ({ answer, pending: isPending, failing, reliable }),
    [answer, isPending, failing, reliable],
  );
  return governance.registry === 'none' ? NO_REGISTRY : view;
}

/** A panel that gets the keyboard was perhaps visible all the time: Query watches only visibility. */
function useAskOnFocus(deps: Deps, patientId: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const { queryKey } = registryQuery(deps, patientId);
    const ask = () => void client.refetchQueries({ queryKey }, { cancelRefetch: false });
    window.addEventListener('focus', ask);
    return () => window.removeEventListener('focus', ask);
  }, [client, deps, patientId]);
}
