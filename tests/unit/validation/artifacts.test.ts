import { readdirSync } from 'node:fs';
import type { CodeSystem } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { AI_REASONS, NON_ADHERENCE_REASONS } from '#src/domain/reasons.ts';
import { artifacts } from '#src/fhir/artifacts/all.ts';
import { capabilityStatement } from '#src/fhir/artifacts/capability.ts';
import { withSnapshot } from '#src/fhir/artifacts/snapshot.ts';
import { COMPONENT, ITEM, REPORT_COMPONENT, SYSTEM } from '#src/fhir/codes.ts';
import { escalationConcepts } from '#src/fhir/governance/escalation-terms.ts';
import {
  INCIDENT_INPUT_DISPLAY,
  INCIDENT_ITEM_DISPLAY,
} from '#src/fhir/governance/incident-terms.ts';
import { incidentStepConcepts } from '#src/fhir/governance/incident-work.fhir.ts';
import { loopConcepts } from '#src/fhir/governance/loop-terms.ts';
import { TRANSITION_DISPLAY } from '#src/fhir/governance-terms.ts';
import {
  GOVERNANCE_COMPONENT,
  GOVERNANCE_ITEM,
  STATE_COMPONENT,
} from '#src/fhir/tables/governance-codes.ts';
import { published, r4Structure, readR4 } from '#tests/support/validation/definitions.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';

const base = (type = 'Observation') => {
  const found = r4Structure(type);
  if (!found) throw new Error(`R4 has no ${type}.`);
  return found;
};

const codes = (url: string): readonly string[] =>
  (
    published().find(
      (each): each is CodeSystem => each.resourceType === 'CodeSystem' && each.url === url,
    )?.concept ?? []
  ).map(({ code }) => code);

describe('public/fhir', () => {
  test('is what the code says; `node src/cli/write-artifacts.ts` rewrites it', () => {
    const made = artifacts(base);
    const byPath = (a: { path: string }, b: { path: string }) => a.path.localeCompare(b.path);
    const held = published().map((resource) => ({
      path: `${resource.resourceType}-${resource.id}.json`,
      resource,
    }));
    const ours = new Set(made.map(({ path }) => path));
    expect(held.filter(({ path }) => ours.has(path)).toSorted(byPath)).toEqual(
      made.toSorted(byPath),
    );
  });

  test('names each file by type and id', () => {
    const names = readdirSync(new URL('../../../public/fhir/', import.meta.url));
    const expected = published().map(({ resourceType, id }) => `${resourceType}-${id}.json`);
    expect(names.filter((name) => name.endsWith('.json')).toSorted()).toEqual(expected.toSorted());
  });

  // A ViewDefinition is no resource of R4; what reads it is tested in tests/unit/sql.
  const ofR4 = artifacts(base).filter(({ path }) => !path.startsWith('ViewDefinition-'));

  test.each(ofR4)('$path is valid R4', ({ resource }) => {
    expectValid(resource);
  });

  test('has every code that the app writes', () => {
    expect(codes(SYSTEM.feedbackItem)).toEqual([
      ...Object.values(ITEM),
      GOVERNANCE_ITEM.change,
      ...Object.values(COMPONENT),
      ...Object.values(REPORT_COMPONENT),
      GOVERNANCE_COMPONENT.from,
      GOVERNANCE_COMPONENT.to,
      ...Object.values(STATE_COMPONENT),
      ...Object.keys(TRANSITION_DISPLAY),
      ...incidentStepConcepts.map(([code]) => code),
      ...Object.keys(INCIDENT_ITEM_DISPLAY),
      ...Object.keys(INCIDENT_INPUT_DISPLAY),
      ...escalationConcepts.map(([code]) => code),
      ...loopConcepts.map(([code]) => code),
    ]);
    expect(codes(SYSTEM.aiOverrideReason)).toEqual(AI_REASONS.map(({ code }) => code));
  });
});

describe('the HL7 non-adherence reasons', () => {
  const all = NON_ADHERENCE_REASONS.flatMap((category) => [category, ...category.reasons]);

  test('are six categories and 35 codes, each with label, display and owner', () => {
    expect(NON_ADHERENCE_REASONS).toHaveLength(6);
    expect(new Set(all.map(({ code }) => code)).size).toBe(35);
    expect(all.filter(({ label, display, owner }) => !label || !display || !owner)).toEqual([]);
    expect(all.filter(({ label }) => label.length > 36)).toEqual([]);
  });
});

describe('what we need from a server', () => {
  const parameters = new Map<string, { code: string; type: string; base: string[] }>();
  for (const { resource } of readR4('search-parameters.json').entry)
    parameters.set(resource.url, resource);

  const wanted = (capabilityStatement().rest?.[0]?.resource ?? []).flatMap(
    ({ type, searchParam }) => (searchParam ?? []).map((param) => ({ resource: type, ...param })),
  );

  test.each(wanted)(
    '$resource?$name is a search parameter of R4',
    ({ resource, name, type, definition }) => {
      const known = parameters.get(definition ?? '');
      expect(known).toMatchObject({ code: name, type });
      expect(known?.base.some((each) => each === resource || each === 'Resource')).toBe(true);
    },
  );
});

describe('withSnapshot', () => {
  test('refuses a rule about an element that the base does not have', () => {
    const profile = {
      ...base(),
      differential: { element: [{ id: 'Observation.nonsense', path: 'Observation.nonsense' }] },
    };
    expect(() => withSnapshot(profile, base())).toThrow('Observation.nonsense');
  });

  test('refuses to slice what is not there', () => {
    const slice = { id: 'Observation.nonsense:a', path: 'Observation.nonsense', sliceName: 'a' };
    const profile = { ...base(), differential: { element: [slice] } };
    expect(() => withSnapshot(profile, base())).toThrow('nothing to slice');
  });
});
