import { describe, expect, it } from 'vitest';
import { sources } from './source.ts';

const src = sources('src');
const all = [...src, ...sources('mocks')];
const lines = (text: string) => text.split('\n').length;
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
const body = (text: string) =>
  code(text)
    .replace(/^(import|export)\b[^;]*\bfrom\b[^;]*;/gm, '')
    .replace(/'[^'\n]*'/g, "''");
const naming = (files: typeof all, pattern: RegExp) =>
  files.filter((file) => pattern.test(code(file.text))).map((file) => file.path);

describe('habits of the house', () => {
  it('domain knows no clock, no chance, no browser and no Node', () => {
    const domain = src.filter((file) => file.path.startsWith('src/domain/'));
    expect(
      naming(
        domain,
        /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bwindow\b|\bdocument\.|\bprocess\./,
      ),
    ).toEqual([]);
  });

  it('fhir fetches nothing', () => {
    expect(
      naming(
        src.filter((file) => file.path.startsWith('src/fhir/')),
        /\bfetch\(/,
      ),
    ).toEqual([]);
  });

  it('asserts no type but at the edges', () => {
    const inner = src.filter((file) => /^src\/(domain|fhir)\//.test(file.path));
    const asserting = inner.filter(
      (file) =>
        !/\/read\.ts$/.test(file.path) &&
        /\bas (?!const\b|unknown\b)[A-Z]\w*/.test(body(file.text)),
    );
    expect(asserting.map((file) => file.path)).toEqual([]);
  });

  it('swallows no error', () => {
    expect(naming(all, /catch\s*(\(\w*\))?\s*\{\s*\}/)).toEqual([]);
    // Going on after a failure is a decision, and a decision has its reason above it.
    const silent = /^(?!\s*\/\/).*\n.*\.catch\(\(\)\s*=>\s*(null|undefined|''|\{\s*\})\)/m;
    expect(all.filter((file) => silent.test(file.text)).map((file) => file.path)).toEqual([]);
  });

  it('has no default export outside tool configuration', () => {
    expect(
      naming(
        all.filter((file) => !/\.config\.ts$/.test(file.path)),
        /^export default\b/m,
      ),
    ).toEqual([]);
  });

  it('keeps files small: at most 250 lines, 200 for components, half of them under 80', () => {
    const big = all.filter((file) => lines(file.text) > (file.path.endsWith('.tsx') ? 200 : 250));
    expect(big.map((file) => file.path)).toEqual([]);
    const sizes = src.map((file) => lines(file.text)).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(80);
  });

  it('puts nothing in files named after nothing, and has no barrels', () => {
    const vague = all.filter((file) => /\/(utils?|helpers?|misc|common)\.tsx?$/.test(file.path));
    const reexport = /^export\s+(type\s+)?(\*|\{[^}]*\})(\s+as\s+\w+)?\s+from\s+['"][^'"]+['"]$/;
    const barrels = all.filter((file) => {
      const statements = code(file.text)
        .split(';')
        .map((one) => one.trim())
        .filter(Boolean);
      return statements.length > 0 && statements.every((one) => reexport.test(one));
    });
    expect([...vague, ...barrels].map((file) => file.path)).toEqual([]);
  });

  it('keeps tokens and patient data out of localStorage and the console', () => {
    expect(naming(src, /\blocalStorage\b/)).toEqual([]);
    expect(
      naming(
        src.filter((file) => !file.path.startsWith('src/cli/')),
        /\bconsole\./,
      ),
    ).toEqual([]);
  });
});
