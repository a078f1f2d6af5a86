import { GOVERNANCE_TASK, type GovernanceTaskCode } from '../governance-terms.ts';
import type { FhirSearch } from '../search.ts';

/** All Tasks of these kinds on the registry, what was changed last first. */
export const tasksOf = (...codes: readonly GovernanceTaskCode[]): FhirSearch => ({
  type: 'Task',
  params: [
    ['code', codes.map((one) => `${GOVERNANCE_TASK.system}|${one}`).join(',')],
    ['_sort', '-_lastUpdated'],
    ['_count', '200'],
  ],
});
