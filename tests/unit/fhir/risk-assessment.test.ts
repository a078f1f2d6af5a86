import { describe, expect, test } from 'vitest';
import { device, onlyCard, read, riskAssessment } from './sample.ts';

describe('a RiskAssessment of an AI', () => {
  test('becomes a card with its prediction, model and basis', () => {
    const card = onlyCard(read([riskAssessment()], { included: [device()] }));
    expect(card).toMatchObject({
      id: 'https://fhir.example.org/r4/RiskAssessment/r1',
      carrier: 'RiskAssessment',
      version: '1',
      subject: 'Patient/p1',
      status: 'current',
      title: 'Sepsis risk',
      modelReference: 'Device/sepsis',
      modelName: 'Sepsis early warning',
      producedAt: '2026-10-01T08:00:00Z',
      basis: [{ reference: 'Observation/lactate' }],
      problems: [],
    });
    expect(card.predictions).toEqual([
      { outcome: 'Sepsis', probability: { sent: 62, scale: 'percent', fraction: 0.62 } },
    ]);
  });
});
