import { kindOf } from '#src/domain/kind.ts';
import { hasAiLabel, readAuthor } from '#src/fhir/ai-origin.ts';
import { LABEL, SYSTEM } from '#src/fhir/codes.ts';
import { scaleRule } from '#src/fhir/numbers.ts';
import { readCandidate } from '#src/fhir/recommendation.fhir.ts';
import { modelKey, modelOfDevice } from '#src/fhir/tables/model-key.fhir.ts';
import type { PreparedContext } from '#src/fhir/tables/table-context.ts';
import type { Database } from './database.ts';
import { smallTable } from './settings-tables.ts';

const distinct = async (db: Database, column: 'author' | 'pattern'): Promise<readonly string[]> =>
  (await db.rows(`SELECT DISTINCT ${column} AS sent FROM source_riskassessment`)).flatMap(
    ({ sent }) => (typeof sent === 'string' ? [sent] : []),
  );

/**
 * What TypeScript says of everything in a RiskAssessment but its numbers, times and references: there are
 * few makers and few kinds of prediction in millions of rows, so SQL joins the answer and reads no words.
 */
export async function inferenceTables(db: Database, context: PreparedContext): Promise<void> {
  const { server, pool, source } = context;
  const parent = { server, type: 'RiskAssessment', id: 'pattern' };
  const authors = await distinct(db, 'author');
  const models = { model_id: 'VARCHAR', model_version: 'VARCHAR' };
  await smallTable(
    db,
    'authors',
    { sent: 'VARCHAR', is_ai: 'BOOLEAN', ...models, rule: 'VARCHAR' },
    authors.map((sent) => {
      const author = readAuthor(JSON.parse(sent), parent, pool, source);
      const { model_id, model_version } =
        author.modelReference === undefined
          ? modelKey(author.modelName, undefined)
          : modelOfDevice(author.modelReference, context);
      return [sent, true, model_id, model_version, scaleRule(source, author)];
    }),
  );
  const cells = { title: 'VARCHAR', kind: 'VARCHAR', outcome_code: 'VARCHAR' };
  await smallTable(
    db,
    'patterns',
    {
      ...{ sent: 'VARCHAR', readable: 'BOOLEAN', status: 'VARCHAR', ...cells },
      ...{ risk_band: 'VARCHAR', priority: 'BIGINT' },
    },
    (await distinct(db, 'pattern')).map((sent) => patternRow(sent, context)),
  );
  await smallTable(
    db,
    'ai_targets',
    { place: 'VARCHAR' },
    [...context.aiTargets.keys()].map((key) => [
      key.startsWith(`${server}/`) && server === context.issuer
        ? key.slice(server.length + 1)
        : key,
    ]),
  );
}

function patternRow(sent: string, context: PreparedContext) {
  const { server, source, pool, kinds } = context;
  const given: unknown = JSON.parse(sent);
  const { status, code, method, outcome, band }: Readonly<Record<string, unknown>> =
    typeof given === 'object' && given !== null ? { ...given } : {};
  const resource = {
    resourceType: 'RiskAssessment',
    id: 'pattern',
    meta: { security: [{ system: SYSTEM.observationValue, code: LABEL.ai }] },
    ...{ status, code, method },
    prediction: [{ outcome, qualitativeRisk: band }],
  };
  const read = readCandidate(resource, { server, source, patientId: undefined }, pool, new Map());
  if (!hasAiLabel(resource) || read === 'not-a-card' || 'code' in read)
    return [sent, false, null, null, null, null, null, null];
  const one = read.recommendation;
  const [prediction] = one.predictions;
  return [
    ...[sent, true, one.status, one.title, kinds ? kindOf(one, kinds).id : null],
    prediction?.outcomeCoding?.code,
    prediction?.band?.code || prediction?.band?.display || null,
    one.priority?.rank,
  ];
}
