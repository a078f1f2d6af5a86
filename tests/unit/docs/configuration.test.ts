import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkConfig } from '#src/io/config/load.ts';
import { siteConfigSchema } from '#src/io/config/schema.ts';
import { configFile, runCli } from '#tests/cli/run.ts';

const guide = readFileSync('docs/configuration.md', 'utf8');
const blockAfter = (opening: string): string => {
  const start = guide.indexOf(opening) + opening.length;
  return guide.slice(start, guide.indexOf('\n```', start)).trim();
};
const example = blockAfter('```json\n');

describe('docs/configuration.md', () => {
  it('has an example that the app accepts', () => {
    expect(checkConfig(JSON.parse(example)).issuers).toHaveLength(1);
  });

  it('shows the headers that are really printed', async () => {
    const { code, out } = await runCli(
      'headers',
      '--config',
      configFile(example),
      '--for',
      'nginx',
    );
    expect(code).toBe(0);
    expect(out.trim()).toBe(blockAfter('```nginx\n'));
  });

  it('shows the words that are really said about mistakes', async () => {
    const path = configFile(
      example
        .replace('"frameAncestors"', '"frameAncestor"')
        .replace('https://ehr.example.org/fhir/r4', 'http://ehr.example.org/fhir/r4?tenant=1')
        .replace(/"clientId": "[^"]*"/, '"clientId": ""')
        .replace('"staleAfterMinutes": 240', '"staleAfterMinutes": "4 h"'),
    );
    const { code, err } = await runCli('headers', '--config', path, '--for', 'nginx');
    expect(code).toBe(1);
    expect(guide).toContain(err.replace(path, 'config.json').trim());
  });

  it('names every field', () => {
    const { shape } = siteConfigSchema;
    const fields = [shape, shape.issuers.element.shape, shape.kinds.element.shape]
      .flatMap((one) => Object.keys(one))
      .filter((name) => name !== '$schema');
    expect(fields.filter((name) => !new RegExp(`^\\| .*\`${name}\``, 'm').test(guide))).toEqual([]);
  });
});
