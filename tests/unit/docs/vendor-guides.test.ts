import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FLOWSHEET } from '#mocks/vendors/epic-flowsheet.ts';
import { vendorStage } from '#src/cli/stage-vendors.ts';
import { sinksOf } from '#src/domain/sinks.ts';
import { checkConfig } from '#src/io/config/load.ts';

const guides = readdirSync('docs')
  .filter((name) => name.endsWith('.md'))
  .map((name) => join('docs', name));

/** Fenced ```json blocks, also indented ones in a list. */
const jsonBlocks = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^( *)```json\n([\s\S]*?)^\1```/gm)].map(
    ([, , text = '']) => text,
  );

const blocks = guides.flatMap((file) =>
  jsonBlocks(file).map((text, n) => ({ file, n: n + 1, text })),
);

describe('configurations in the guides', () => {
  it('are in each guide that sets up an EHR', () => {
    const files = new Set(blocks.map(({ file }) => file));
    for (const name of ['configuration', 'epic', 'oracle-health', 'smart-launcher'])
      expect(files).toContain(`docs/${name}.md`);
  });

  it.each(blocks)('the app accepts block $n of $file', ({ text }) => {
    expect(checkConfig(JSON.parse(text)).issuers).toHaveLength(1);
  });
});

describe.each([
  { file: 'docs/epic.md', vendor: 'epic' },
  { file: 'docs/oracle-health.md', vendor: 'oracle' },
])('$file', ({ file, vendor }) => {
  const [issuer] = checkConfig(JSON.parse(jsonBlocks(file)[0] ?? '')).issuers;
  if (!issuer) throw new Error(`${file} has no issuer`);

  it(`recommends what npm start -- --vendor ${vendor} runs with`, async () => {
    const stage = await vendorStage(vendor);
    const tried = sinksOf({ vendor: issuer.vendor, ...stage.issuer });
    const named = (sinks: typeof tried) => sinks.map(({ id, required }) => ({ id, required }));
    expect(named(sinksOf(issuer))).toEqual(named(tried));
    expect(issuer).toMatchObject({
      recommendationSource: 'store',
      canRetract: stage.issuer?.canRetract,
      conditionalCreate: stage.issuer?.conditionalCreate,
      store: { auth: stage.store?.auth },
    });
    const { flowsheet } = issuer.sinks?.find(({ kind }) => kind === 'epic-flowsheet') ?? {};
    if (flowsheet) expect(Object.keys(flowsheet).sort()).toEqual(Object.keys(FLOWSHEET).sort());
  });

  it('says what was not run against the vendor', () => {
    const page = readFileSync(file, 'utf8');
    expect(page).toMatch(
      /^\*\*What was tried, and what was not\.\*\* Nothing on this page was run/m,
    );
    expect(page.match(/\*[Uu]nverified\.?\*/g)?.length).toBeGreaterThan(2);
  });

  it('asks for no scope that the vendor would not grant', () => {
    expect(issuer.scopes).not.toContain('*');
    expect(issuer.scopes).not.toContain('RiskAssessment');
  });
});

describe('links in the guides', () => {
  const links = guides.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map(([, to = '']) => ({
      file,
      to,
    })),
  );

  it.each(links)('$file → $to', ({ file, to }) => {
    expect(existsSync(join(dirname(file), to))).toBe(true);
  });

  it('and the tests that they name exist', () => {
    const named = guides.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/`(tests\/[\w./-]+\.ts)`/g)].map(([, p = '']) => p),
    );
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
});
