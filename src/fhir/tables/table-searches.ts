import type { Coding } from '#src/domain/coding.ts';
import { ITEM, LABEL, SYSTEM } from '../codes.ts';
import { GOVERNANCE_ITEM } from './governance-codes.ts';
import type { TableContext } from './table-context.ts';

/** One search over all patients. */
export interface TableSearch {
  readonly type: string;
  readonly params: ReadonlyArray<readonly [name: string, value: string]>;
}

const PAGE = ['_count', '500'] as const;

/** So many codes stand in one address; the rest go into further searches. */
const CODES_AT_ONCE = 30;

const search = (type: string, ...params: TableSearch['params']): TableSearch => ({
  type,
  params: [...params, PAGE],
});

/** `,`, `|`, `$` and `\` mean something in a search (R4 §3.1.1.4.0.1). */
const escaped = (value: string): string => value.replace(/[\\,|$]/g, '\\$&');
const asToken = ({ system, code }: Coding): string => `${escaped(system)}|${escaped(code)}`;

const coded = (type: string, tokens: readonly string[]): readonly TableSearch[] =>
  Array.from({ length: Math.ceil(tokens.length / CODES_AT_ONCE) }, (_, i) =>
    search(type, ['code', tokens.slice(i * CODES_AT_ONCE, (i + 1) * CODES_AT_ONCE).join(',')]),
  );

/** Few, and needed to read the rest (`isNeededFirst`). */
export const FIRST_SEARCHES: readonly TableSearch[] = [
  search('Device'),
  search('RequestGroup'),
  search('Provenance'),
];

/** What the tables are made of, and no more: no note, no result that no rule asks for. */
export function tableSearches({
  outcomes = [],
  flowsheet,
  note,
}: Pick<TableContext, 'outcomes' | 'flowsheet' | 'note'>): readonly TableSearch[] {
  const items = [...Object.values(GOVERNANCE_ITEM), ITEM.response, ITEM.displayed];
  const rows = flowsheet
    ? [flowsheet.decision, flowsheet.recommendation, flowsheet.reason, flowsheet.comment]
    : [];
  return [
    search('Patient'),
    search('Encounter'),
    ...coded(
      'Observation',
      items.map((code) => asToken({ system: SYSTEM.feedbackItem, code })),
    ),
    search('Observation', [
      '_security',
      asToken({ system: SYSTEM.observationValue, code: LABEL.ai }),
    ]),
    search('RiskAssessment'),
    search('GuidanceResponse'),
    search('DetectedIssue'),
    search('ServiceRequest', ['intent', 'proposal']),
    search('MedicationRequest', ['intent', 'proposal']),
    search('AdverseEvent'),
    ...(note ? [search('DocumentReference', ['type', asToken(note.type)])] : []),
    ...(flowsheet
      ? coded(
          'Observation',
          rows.flatMap((code) => (code ? asToken({ system: flowsheet.system, code }) : [])),
        )
      : []),
    ...[...Map.groupBy(outcomes, ({ type }) => type)].flatMap(([type, rules]) =>
      coded(type, [...new Set(rules.flatMap(({ codes }) => codes.map(asToken)))]),
    ),
  ];
}
