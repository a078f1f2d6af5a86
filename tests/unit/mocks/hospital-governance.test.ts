import type { FhirResource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { governance } from '#mocks/scenarios/hospital/governance.ts';
import { escalationClock } from '#src/domain/governance/limits/escalation-clock.ts';
import { readEscalation } from '#src/fhir/governance/escalation.fhir.ts';
import { fromServiceLevelsLibrary } from '#src/fhir/governance/sla.fhir.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';

const NOW = Date.parse('2026-11-22T15:00:00Z');

describe('what the hospital of the sandbox has agreed', () => {
  const resources: readonly FhirResource[] = governance(NOW);
  const [library, ...tasks] = resources;

  it('is valid, and read whole', () => {
    for (const one of resources) expectValid(one);
    const read = fromServiceLevelsLibrary(library);
    expect(read.ok && read.value.slas.map(({ id }) => id)).toEqual([
      'xray-seen',
      'sepsis-followed',
      'interaction-answered',
    ]);
  });

  it('has one matter that is overdue, and one that somebody works on', () => {
    const matters = tasks.flatMap((one) => readEscalation(one, 'https://ehr.example/fhir') ?? []);
    expect(matters.map(({ standing }) => standing)).toEqual(['open', 'acknowledged']);
    expect(matters.map((one) => escalationClock(one, NOW)?.late)).toEqual([true, false]);
  });
});
