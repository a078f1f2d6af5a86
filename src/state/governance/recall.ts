import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Recall, recallOf } from '#src/domain/governance/recall.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import type { RegisteredVersion } from './registry.ts';

export interface RecallFound {
  readonly recall: Recall;
  /** What was left unread, in words. */
  readonly gaps: readonly string[];
}

/** Everything on the server that a version touched. Throws `FhirError`. */
export async function readRecall(
  { readTables, gateway }: Pick<GovernanceDeps, 'readTables' | 'gateway'>,
  { model, device }: RegisteredVersion,
  progress: (words: string) => void,
  signal: AbortSignal,
): Promise<RecallFound> {
  const { tables, gaps } = await readTables(progress, signal);
  const ids = [model.identifier?.value, device, `${gateway.baseUrl}/${device}`];
  const named = { ids: ids.flatMap((one) => one ?? []), version: model.version };
  return { recall: recallOf(tables, named), gaps };
}

/** Read when it is asked for, and held by the page alone. */
export function useRecall(version: RegisteredVersion) {
  const deps = useGovernanceDeps();
  const [progress, setProgress] = useState('');
  const recall = useMutation({
    mutationFn: () => readRecall(deps, version, setProgress, new AbortController().signal),
  });
  return { ...recall, progress };
}

/** The command that reads all of it, however much there is. */
export const recallCommand = (server: string, { model, device }: RegisteredVersion): string =>
  [
    'clinician-feedback recall',
    `--from ${server}`,
    `--model ${model.identifier?.value ?? device}`,
    ...(model.version === undefined ? [] : [`--version ${model.version}`]),
    '--out recall.ndjson',
  ].join(' ');
