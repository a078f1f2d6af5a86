import { CompactSign, compactVerify, errors } from 'jose';
import type { Head, Statement } from '#src/domain/audit/statement.ts';
import type { FoundStatement } from '#src/domain/audit/verify-statements.ts';
import { get, token } from '#src/fhir/read.ts';
import { sha256 } from '../sha256.ts';
import type { SigningKey } from '../signing-key.ts';

const TYPE = 'audit-heads+jws';

/** A compact JWS (RFC 7515) whose payload is the statement as JSON. */
export const signStatement = (statement: Statement, { key, alg, kid }: SigningKey) =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(statement)))
    .setProtectedHeader({ alg, typ: TYPE, ...(kid !== undefined && { kid }) })
    .sign(key);

/** A statement as it stands somewhere; without one, where the service did not sign it or it says none. */
export async function readStatement(
  jws: string,
  place: string,
  { key, alg }: SigningKey,
): Promise<FoundStatement> {
  const computed = await sha256(jws.trim());
  try {
    const { payload, protectedHeader } = await compactVerify(jws.trim(), key, {
      algorithms: [alg],
    });
    const said: unknown = JSON.parse(new TextDecoder().decode(payload));
    const statement = protectedHeader.typ === TYPE ? statementIn(said) : undefined;
    return { place, statement, computed };
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError || cause instanceof SyntaxError)) throw cause;
    return { place, statement: undefined, computed };
  }
}

function statementIn(value: unknown): Statement | undefined {
  const number = get(value, 'number');
  const at = token(get(value, 'at'), 40);
  const server = get(value, 'server');
  if (typeof number !== 'number' || at === undefined || typeof server !== 'string')
    return undefined;
  const heads = get(value, 'heads');
  const findings = get(value, 'findings');
  return {
    ...{ number, at, server, previous: token(get(value, 'previous'), 64) },
    findings: typeof findings === 'number' ? findings : 0,
    // Not `objects`, which looks at so many and no more.
    heads: Array.isArray(heads) ? heads.flatMap((one) => headIn(one) ?? []) : [],
  };
}

function headIn(value: unknown): Head | undefined {
  const writer = token(get(value, 'writer'), 80);
  const hash = token(get(value, 'hash'), 64);
  const number = get(value, 'number');
  if (writer === undefined || hash === undefined || typeof number !== 'number') return undefined;
  return { writer, number, hash };
}
