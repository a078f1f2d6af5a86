import { describe, expect, test } from 'vitest';
import { chaiSections, markdownSections } from '#src/fhir/card-sections.ts';

const intended = (...lines: readonly string[]) => markdownSections(lines.join('\n')).intendedUse;

describe('a section of a markdown card', () => {
  test.each<[string, readonly string[], string | undefined]>([
    [
      'ends at the next heading of its level',
      ['# Intended use', 'Adults', '# Data', 'x'],
      'Adults',
    ],
    ['holds the headings below it', ['# Uses', 'A', '## Who', 'B', '# Data'], 'A\n## Who\nB'],
    ['ends at a heading above it', ['## Uses', 'A', '# Data', 'B'], 'A'],
    ['is found in any case', ['###### INTENDED USE of it  ', 'A'], 'A'],
    ['is no heading with seven marks', ['####### Intended use', 'A'], undefined],
    ['is no heading without a blank', ['#Intended use', 'A'], undefined],
    ['is no heading without a mark', [' Intended use', 'A'], undefined],
    ['is no heading in code', ['```', '# Intended use', '```', 'A'], undefined],
    ['is one after code', ['```sh', '# x', '```', '# Intended use', 'A'], 'A'],
    ['is one though a line ends in what opens code', ['text ```', '# Intended use', 'A'], 'A'],
    ['that is empty gives way to the next best', ['# Intended use', '# Uses', 'B'], 'B'],
    [
      'is searched for at the beginning of a long heading',
      [`# ${'x'.repeat(300)} uses`, 'A'],
      undefined,
    ],
  ])('%s', (_what, lines, expected) => {
    expect(intended(...lines)).toBe(expected);
  });
});

const use = (xml: string) => chaiSections(xml).intendedUse;
const wrapped = (inner: string) => use(`<IntendedUseAndWorkflow>${inner}</IntendedUseAndWorkflow>`);

describe('an element of a CHAI card', () => {
  test.each<[string, string, string | undefined]>([
    ['as it is', '<IntendedUseAndWorkflow>A</IntendedUseAndWorkflow>', 'A'],
    ['with attributes', '<IntendedUseAndWorkflow a="1">A</IntendedUseAndWorkflow>', 'A'],
    [
      'with attributes on the next line',
      '<IntendedUseAndWorkflow\na="1">A</IntendedUseAndWorkflow>',
      'A',
    ],
    [
      'with attributes after a tab',
      '<IntendedUseAndWorkflow\ta="1">A</IntendedUseAndWorkflow>',
      'A',
    ],
    [
      'after one whose name is longer',
      '<IntendedUseAndWorkflowX>B</IntendedUseAndWorkflowX><IntendedUseAndWorkflow>A</IntendedUseAndWorkflow>',
      'A',
    ],
    ['that is empty by itself', '<IntendedUseAndWorkflow/>A</IntendedUseAndWorkflow>', undefined],
    ['that is empty with attributes', '<IntendedUseAndWorkflow a="1" />A', undefined],
    ['whose tag never ends', '<IntendedUseAndWorkflow ', undefined],
    ['that never ends', '<IntendedUseAndWorkflow>A and more', 'A and more'],
    ['that is not there', '<Other>A</Other>', undefined],
    ['only its name in words', 'IntendedUseAndWorkflow>A', undefined],
    [
      'not one in a comment',
      '<!-- <IntendedUseAndWorkflow>B</IntendedUseAndWorkflow> --><IntendedUseAndWorkflow>A</IntendedUseAndWorkflow>',
      'A',
    ],
    [
      'before a comment that never ends',
      '<IntendedUseAndWorkflow>A</IntendedUseAndWorkflow><!-- x',
      'A',
    ],
    ['with a comment inside', '<IntendedUseAndWorkflow>A<!--x-->B</IntendedUseAndWorkflow>', 'AB'],
    [
      'with two comments inside',
      '<IntendedUseAndWorkflow>A<!--x-->B<!----->C</IntendedUseAndWorkflow>',
      'ABC',
    ],
  ])('%s', (_what, xml, expected) => {
    expect(use(xml)).toBe(expected);
  });

  test('each on a line of its own, those without words left out', () => {
    const of = (name: string, inner: string) => `<${name}>${inner}</${name}>`;
    expect(
      use(
        of('TargetedPatientPopulation', 'C') +
          of('PrimaryIntendedUsers', ' ') +
          of('IntendedUseAndWorkflow', 'A'),
      ),
    ).toBe('A\nC');
  });

  test.each<[string, string]>([
    ['a<b>c</b>d', 'a c d'],
    ['a  <i/>\t<i/>  b', 'a b'],
    ['<![CDATA[a & b]]>', 'a & b'],
    ['&lt;&gt;&amp;&quot;&apos;', `<>&"'`],
    ['&amp;lt;', '&lt;'],
    ['&nope;', '&nope;'],
    ['&#65;&#x42;&#x1F600;', 'AB😀'],
    ['&#x10FFFF;', '\u{10ffff}'],
    ['&#0;&#xFFFFFF;', '&#0;&#xFFFFFF;'],
    ['&#xffff;', '\uffff'],
    [`a<${'x'.repeat(3_000)}>b`, `a<${'x'.repeat(3_000)}>b`],
  ])('%j reads %j', (inner, expected) => {
    expect(wrapped(inner)).toBe(expected);
  });

  test('says no more than four thousand characters', () => {
    expect(wrapped('x'.repeat(5_000))).toHaveLength(4_000);
    expect(use(`<IntendedUseAndWorkflow>${'x'.repeat(5_000)}`)).toHaveLength(4_000);
  });
});
