import { readFileSync } from 'node:fs';
import type { Coding } from 'fhir/r4';
import { expect, test } from 'vitest';
import { AI_DEVICES, PROBABILITY_SCALES } from '#mocks/scenarios/ward/index.ts';
import type { KindConfig, SiteConfig } from '#src/domain/site-config.ts';
import { all, isAi, scenario } from './ward-chart.ts';

const config = JSON.parse(
  readFileSync(new URL('../../../public/config.json', import.meta.url), 'utf8'),
) as SiteConfig;

const coded = config.kinds.filter((kind) => kind.codes.length > 0);
const key = ({ system, code }: Partial<Pick<Coding, 'system' | 'code'>>) => `${system}|${code}`;

test('one kind for each model and one for everything else', () => {
  expect(config.kinds.map((kind) => kind.id)).toEqual([
    'sepsis',
    'chest-xray',
    'drug-interaction',
    'readmission',
    'default',
  ]);
  expect(config.kinds.filter((kind) => kind.codes.length === 0)).toHaveLength(1);
});

test.each(config.kinds.map((kind) => [kind.id, kind] as const))(
  '%s: at most eight reasons, different, the unsafe one last and apart',
  (_id, kind: KindConfig) => {
    expect(kind.reasons.length).toBeLessThanOrEqual(8);
    const codes = kind.reasons.map((reason) => key(reason.coding));
    expect(new Set(codes).size).toBe(codes.length);
    const danger = kind.reasons.filter((reason) => reason.tone === 'danger');
    expect(danger.map((reason) => reason.coding.code)).toEqual(['ai-unsafe']);
    expect(kind.reasons.at(-1)).toBe(danger[0]);
  },
);

test.each(coded.map((kind) => [kind.id, kind] as const))(
  '%s: the ward has recommendations of it, and its watched codes are in use',
  (_id, kind: KindConfig) => {
    const ai = JSON.stringify(scenario.resources.filter(isAi));
    expect(ai).toContain(`"code":"${kind.codes[0]?.code}"`);
    const charted = new Set(
      all('Observation').flatMap((o) => o.code.coding?.map((one) => key(one)) ?? []),
    );
    for (const code of kind.series) expect(charted, key(code)).toContain(key(code));
  },
);

test('some recommendations carry only a code that no kind knows', () => {
  const known = new Set(coded.flatMap((kind) => kind.codes.map(key)));
  const risks = all('RiskAssessment').filter(isAi);
  expect(risks.some((r) => !r.code?.coding?.some((one) => known.has(key(one))))).toBe(true);
});

test('the site that runs this ward knows its models by their identifiers', () => {
  const identifiers = all('Device').map((device) => device.identifier?.[0]?.value);
  expect(identifiers.toSorted()).toEqual([...AI_DEVICES].toSorted());
  expect(PROBABILITY_SCALES.filter((rule) => rule.scale === 'fraction')).toHaveLength(2);
});
