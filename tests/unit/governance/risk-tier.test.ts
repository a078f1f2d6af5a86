import { describe, expect, it } from 'vitest';
import { isHighRisk, kindByTier } from '#src/domain/governance/risk-tier.ts';
import { chaiSections, markdownSections } from '#src/fhir/card-sections.ts';
import { kind } from '#tests/support/review-fixtures.ts';

describe('risk tier', () => {
  it.each<[string | undefined, 'low' | 'moderate' | 'high' | undefined, boolean]>([
    ['High: a missed sepsis kills', undefined, true],
    [' high', undefined, true],
    ['Moderate', undefined, false],
    ['Not high', undefined, false],
    [undefined, undefined, false],
    // The site knows what it does with it; the card does not.
    ['High', 'low', false],
    ['Low', 'high', true],
  ])('card %j, site %j: high is %s', (card, site, high) => {
    const named = site === undefined ? {} : { riskTier: site };
    expect(isHighRisk(named, card === undefined ? undefined : { riskTier: card })).toBe(high);
  });

  it('is read from a card of either format', () => {
    expect(markdownSections('# Model\n\n## Risk tier\nHigh\n\n## Uses\nx').riskTier).toBe('High');
    const xml = '<Card><ClinicalRiskLevel>High</ClinicalRiskLevel></Card>';
    expect(chaiSections(xml).riskTier).toBe('High');
  });

  it('asks for a reason at high risk, and takes none away elsewhere', () => {
    const asked = (reasonRequired: boolean, card: string) =>
      kindByTier({ ...kind, reasonRequired }, { riskTier: card }).reasonRequired;
    expect([asked(false, 'High'), asked(false, 'Low'), asked(true, 'Low')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
