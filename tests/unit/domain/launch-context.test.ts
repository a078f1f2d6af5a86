import { describe, expect, it } from 'vitest';
import { namedRecommendations } from '#src/domain/launch-context.ts';

const identifier = { system: 'urn:system', value: '8f3a' };
const of = (fhirContext: unknown[], appContext?: string) =>
  namedRecommendations({ fhirContext: fhirContext as never, appContext });

describe('what the launch was about', () => {
  it.each([
    [
      'a reference',
      [{ reference: 'RiskAssessment/r1' }],
      undefined,
      [{ reference: 'RiskAssessment/r1' }],
    ],
    [
      'an absolute reference',
      [{ reference: 'https://x.test/fhir/DetectedIssue/d' }],
      undefined,
      [{ reference: 'https://x.test/fhir/DetectedIssue/d' }],
    ],
    [
      'an identifier with type',
      [{ identifier, type: 'DetectedIssue' }],
      undefined,
      [{ identifier, type: 'DetectedIssue' }],
    ],
    [
      'an identifier without type',
      [{ identifier }],
      undefined,
      [{ identifier, type: 'RiskAssessment' }],
    ],
    [
      'the launch role',
      [
        {
          reference: 'RiskAssessment/r1',
          role: 'http://hl7.org/fhir/smart-app-launch/fhir-context-role#launch',
        },
      ],
      undefined,
      [{ reference: 'RiskAssessment/r1' }],
    ],
    [
      'another role',
      [{ reference: 'RiskAssessment/r1', role: 'https://x.test/other' }],
      undefined,
      [],
    ],
    ['another type', [{ reference: 'Encounter/e' }], undefined, []],
    ['appContext as a reference', [], 'RiskAssessment/r2', [{ reference: 'RiskAssessment/r2' }]],
    [
      'appContext as JSON',
      [],
      '{"recommendation":"RiskAssessment/r3"}',
      [{ reference: 'RiskAssessment/r3' }],
    ],
    [
      'appContext with identifier',
      [],
      JSON.stringify({ identifier }),
      [{ identifier, type: 'RiskAssessment' }],
    ],
    ['appContext of somebody else', [], '{"foo":1}', []],
    ['broken appContext', [], '{"recommendation":', []],
    ['hostile appContext', [], '{"__proto__":{"recommendation":"RiskAssessment/r"}}', []],
    [
      'fhirContext before appContext',
      [{ reference: 'RiskAssessment/a' }],
      'RiskAssessment/b',
      [{ reference: 'RiskAssessment/a' }, { reference: 'RiskAssessment/b' }],
    ],
    ['nothing', [], undefined, []],
  ])('%s', (_name, context, app, expected) => expect(of(context, app)).toEqual(expected));
});
