import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditReport, signedOf } from '#src/domain/audit/audit-report.ts';
import { countRetention, type RetentionRule } from '#src/domain/audit/retention.ts';
import { headsOf, movedHeads, type Statement } from '#src/domain/audit/statement.ts';
import { signStatement } from '#src/io/audit/statements.ts';
import { systemClock } from '#src/io/clock.ts';
import { publicJwkOf, readPublicKey, readSigningKey } from '#src/io/signing-key.ts';
import { type AuditOptions, readAuditOptions } from './audit/audit-options.ts';
import { auditAsJson, auditAsText, findingInWords, retentionAsText } from './audit/audit-text.ts';
import { readFolderTrail } from './audit/folder-trail.ts';
import { keepOutside } from './audit/keep-outside.ts';
import { publicKeyText } from './audit/public-key-text.ts';
import { readServerTrail } from './audit/server-trail.ts';
import { fileNameOf, readStatements } from './audit/statement-folder.ts';
import type { Trail } from './audit/trail.ts';
import { type Command, EXIT } from './command.ts';
import { readConfigFile } from './config-file.ts';
import { keyText } from './sources/bulk/key-text.ts';
import { withServerName } from './sources/server-failure.ts';
import { tokenFor } from './sources/token.ts';

const HELP = `clinician-feedback audit --anchor --from DIR|URL --out DIR [--key FILE] [--anchor-url URL]
clinician-feedback audit --verify --from DIR|URL --anchors DIR --key FILE [--config FILE]
clinician-feedback audit --retention --from DIR|URL --config FILE

The trail of audit records: numbered and hashed in a chain for each writer. docs/governance.md says
what it proves and what it cannot. Exit code 1 where something does not agree.

  --from DIR|URL      folder of FHIR NDJSON, or a FHIR server; its token from the environment,
                      CLINICIAN_FEEDBACK_TOKEN
  --anchor            sign how far each chain has come. Meant for cron, once a day
    --key FILE        the service's private key (JWK or PEM; RSA or EC P-384), or the key itself in
                      the environment, CLINICIAN_FEEDBACK_AUDIT_KEY
    --out DIR         statements go here, one file each, after those that are there; the public key too
    --anchor-url URL  and are sent there first, as application/jose; a bearer token from the
                      environment, CLINICIAN_FEEDBACK_ANCHOR_TOKEN
  --verify            find what was changed, removed or put in before the last statement
    --anchors DIR     the statements, as they were kept outside
    --key FILE        the service's public key, from somebody whom you trust
  --retention         what is older than the configuration keeps it, and what is held
  --config FILE       the app's config.json: governance.auditDays, governance.legalHolds
  --json              print JSON instead of text
`;

export const auditCommand: Command = {
  name: 'audit',
  summary: 'sign the heads of the audit trail, and find what was changed or removed',
  help: HELP,
  async run(argv) {
    const options = readAuditOptions(argv);
    const rule = await ruleIn(options.config);
    switch (options.mode) {
      case 'anchor':
        return await anchor(options, rule);
      case 'verify':
        return await verify(options, rule);
      case 'retention':
        return await retention(options, rule);
    }
  },
};

async function ruleIn(path: string | undefined): Promise<RetentionRule> {
  if (path === undefined) return { days: undefined, holds: [] };
  const { auditDays, legalHolds } = (await readConfigFile(path)).governance;
  return { days: auditDays, holds: legalHolds };
}

function readTrail(from: string): Promise<Trail> {
  if (!/^https?:/i.test(from)) return readFolderTrail(from);
  const token = tokenFor(from, from);
  const reader = { baseUrl: from, token, fetch: globalThis.fetch, clock: systemClock };
  return withServerName(from, () => readServerTrail(reader));
}

type Mode<M extends AuditOptions['mode']> = Extract<AuditOptions, { readonly mode: M }>;

/** A chain that was tampered with is stated as it stands: what was signed before still speaks against it. */
async function anchor(
  { from, key, out, url }: Mode<'anchor'>,
  retention: RetentionRule,
): Promise<number> {
  const text = await keyText(key, KEY);
  const signing = await readSigningKey(text);
  const found = await readStatements(out, await readPublicKey(text));
  const trail = await readTrail(from);
  const nowMs = systemClock.now();
  const { findings } = auditReport({ ...trail, found, retention, nowMs });
  for (const one of findings) process.stderr.write(`${findingInWords(one)}\n`);
  const earlier = signedOf(found);
  const [last] = found
    .flatMap(({ statement, computed }) => (statement ? [{ ...statement, computed }] : []))
    .toSorted((a, b) => b.number - a.number);
  const statement: Statement = {
    number: (last?.number ?? 0) + 1,
    previous: last?.computed,
    at: new Date(nowMs).toISOString(),
    server: trail.place,
    heads: movedHeads(headsOf(trail.records), earlier),
    findings: findings.length,
  };
  const jws = await signStatement(statement, signing);
  if (url !== undefined) await keepOutside(url, jws);
  await mkdir(out, { recursive: true });
  const name = fileNameOf(statement);
  // Never over another: two that run at once must not both be number so-and-so.
  await writeFile(join(out, name), `${jws}\n`, { flag: 'wx' });
  await writeFile(join(out, 'public-key.json'), `${JSON.stringify(await publicJwkOf(text))}\n`);
  process.stdout.write(
    `${name}: ${statement.heads.length} chains moved; ${trail.records.length} records. Keep a copy where nobody who writes to ${trail.place} can write.\n`,
  );
  return findings.length > 0 ? EXIT.failed : EXIT.done;
}

const KEY = { option: '--key', variable: 'CLINICIAN_FEEDBACK_AUDIT_KEY', needed: '--anchor' };

async function verify(
  { from, anchors, key, json }: Mode<'verify'>,
  retention: RetentionRule,
): Promise<number> {
  const found = await readStatements(anchors, await readPublicKey(await publicKeyText(key)));
  const trail = await readTrail(from);
  const report = auditReport({ ...trail, found, retention, nowMs: systemClock.now() });
  process.stdout.write(json ? auditAsJson(report, trail) : auditAsText(report, trail));
  return report.findings.length > 0 ? EXIT.failed : EXIT.done;
}

async function retention({ from, json }: Mode<'retention'>, rule: RetentionRule): Promise<number> {
  const trail = await readTrail(from);
  const count = countRetention(trail.records, rule, systemClock.now());
  process.stdout.write(
    json ? `${JSON.stringify({ ...count, rule })}\n` : retentionAsText(count, rule, trail.place),
  );
  return EXIT.done;
}
