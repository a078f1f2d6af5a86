import { describe, expect, it } from 'vitest';
import { lackingScopes, neededScopes, scopeInWords } from '#src/domain/connection/needed-scopes.ts';
import { excessiveScopes, missingLetters, parseScope } from '#src/domain/connection/scopes.ts';
import { issuerOf } from '#tests/support/connection.ts';

describe('a scope grants', () => {
  it.each([
    ['patient/Observation.rs', 'Observation', 'rs', ''],
    ['patient/Observation.r', 'Observation', 'rs', 's'],
    ['patient/Observation.read', 'Observation', 'rs', ''],
    ['patient/Observation.write', 'Observation', 'cu', ''],
    ['patient/Observation.write', 'Observation', 'rs', 'rs'],
    ['user/*.cruds', 'Observation', 'crus', ''],
    ['patient/*.*', 'Device', 'r', ''],
    ['patient/Observation.rs', 'Device', 'r', 'r'],
    // Narrowed: nobody here knows whether what is needed is within.
    ['patient/Observation.rs?category=laboratory', 'Observation', 'rs', 'rs'],
    // Out of order is no legal v2 scope, and no server grants it.
    ['patient/Observation.sr', 'Observation', 'rs', 'rs'],
    ['patient/Observation.', 'Observation', 'r', 'r'],
    ['launch/patient', 'Patient', 'r', 'r'],
  ])('%s: of %s.%s it lacks "%s"', (scope, type, letters, missing) => {
    expect(missingLetters([scope], type, letters)).toBe(missing);
  });

  it('together what none grants alone', () => {
    expect(missingLetters(['patient/A.r', 'user/A.s'], 'A', 'rs')).toBe('');
    expect(missingLetters(['patient/A.r', 'user/A.s'], 'A', 'rs', ['user'])).toBe('r');
  });

  it('is no resource scope', () => {
    for (const scope of ['launch', 'openid', 'patient/*', 'x/Observation.r', ''])
      expect(parseScope(scope)).toBeUndefined();
  });

  it.each([
    ['patient/Observation.crus', false],
    ['patient/Observation.write', false],
    ['patient/Observation.cruds', true],
    ['patient/*.rs', true],
    ['system/Patient.r', true],
    ['openid', false],
  ])('%s is more than needed: %s', (scope, excessive) => {
    expect(excessiveScopes([scope])).toEqual(excessive ? [scope] : []);
  });
});

describe('what a token must allow', () => {
  const needs = (change: Parameters<typeof issuerOf>[1], kinds = [{ watch: [] }]) =>
    neededScopes(issuerOf('https://ehr.test/fhir', change), kinds).map(
      ({ type, letters, required }) => `${required ? '' : '?'}${type}.${letters}`,
    );

  it('follows the carriers', () => {
    expect(needs({ carriers: ['RiskAssessment'] })).toContain('RiskAssessment.rs');
    const hooks = needs({ carriers: ['GuidanceResponse'] });
    expect(hooks).toContain('GuidanceResponse.rs');
    expect(hooks).toContain('RequestGroup.rs');
    expect(hooks).not.toContain('RiskAssessment.rs');
  });

  it('asks the EHR for no recommendation that is in the store', () => {
    const store = {
      baseUrl: 'https://store.test/fhir',
      label: 'Store',
      auth: 'ehr-token',
      authorizationOrigins: [],
      patientIdentifierSystem: 'urn:mrn',
      canRetract: true,
      conditionalCreate: false,
    } as const;
    const asked = needs({ store, hospitalStore: false, recommendationSource: 'store' });
    expect(asked).not.toContain('RiskAssessment.rs');
    expect(asked).not.toContain('Observation.c');
  });

  it.each([
    ['fhir-observation', true, ['Observation.c', '?Observation.u']],
    ['fhir-observation', false, ['Observation.c']],
    ['epic-flowsheet', true, ['Observation.c']],
    ['document-note', true, ['DocumentReference.c']],
    ['cds-feedback-relay', true, []],
  ] as const)('follows the sinks: %s, can retract: %s', (sinkKind, canRetract, wanted) => {
    const sinks = [{ kind: sinkKind, to: 'ehr', required: true }] as const;
    const written = needs({ sinks, canRetract, hospitalStore: false }).filter((one) =>
      /\.[cu]$/.test(one),
    );
    expect(written).toEqual(wanted);
  });

  it('follows what is watched, and asks for an Observation once', () => {
    const watch = [
      { label: 'a', resource: 'Procedure', codes: [] },
      { label: 'b', resource: 'Observation', codes: [] },
    ] as const;
    const asked = neededScopes(issuerOf('https://ehr.test/fhir'), [{ watch }]);
    expect(asked.filter(({ type }) => type === 'Procedure')).toHaveLength(1);
    expect(
      asked.filter(({ type, letters }) => type === 'Observation' && letters === 'rs'),
    ).toHaveLength(1);
  });

  it('names what is lacking, letter by letter, and why it matters', () => {
    const needed = neededScopes(
      issuerOf('https://ehr.test/fhir', { carriers: ['GuidanceResponse'] }),
    );
    const granted = ['openid', 'fhirUser', 'patient/*.r', 'patient/GuidanceResponse.rs'];
    const words = lackingScopes(needed, granted).map(scopeInWords);
    expect(words).toContain(
      'patient/Observation.s (inputs, trends, newer results, earlier answers)',
    );
    // In no patient's compartment: a patient scope does not reach it.
    expect(words).toContain('user/GuidanceResponse.rs (recommendations by CDS Hooks)');
    expect(words.join()).not.toContain('patient/Patient');
  });
});
