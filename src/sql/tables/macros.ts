import { text } from '../fhirpath/compile.ts';

/** FHIR bases without a trailing slash, as `TableContext` has them. */
export interface Bases {
  readonly server: string;
  readonly issuer: string;
}

export const RELATIVE = '[A-Z][A-Za-z]{1,63}/[A-Za-z0-9_.-]{1,128}';
export const CLOCK = String.raw`[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:[0-5]\d(\.\d{1,3})?(Z|[+-](0\d|1[01]):[0-5]\d)`;

/**
 * What is plain: a value that every reader takes alike. The rest, from a leap second to a word with an
 * invisible sign in it, is left to `fhir/tables`, which knows what each of them means.
 */
export function macros({ server, issuer }: Bases): readonly string[] {
  const home = server === issuer ? "''" : text(`${server}/`);
  const after = (base: string) => `substr(r, ${base.length + 2})`;
  const under = (base: string) =>
    `starts_with(r, ${text(`${base}/`)}) AND regexp_full_match(${after(base)}, '${RELATIVE}')`;
  return [
    `CREATE OR REPLACE MACRO plain_ref(r) AS CASE
      WHEN regexp_full_match(r, '${RELATIVE}') THEN ${home} || r
      WHEN ${under(issuer)} THEN ${after(issuer)}
      WHEN ${under(server)} THEN ${home} || ${after(server)} END`,
    // Of what was found to be plain: only an absolute reference has a colon.
    `CREATE OR REPLACE MACRO known_ref(r) AS CASE WHEN contains(r, ':') THEN plain_ref(r) ELSE ${home} || r END`,
    `CREATE OR REPLACE MACRO place_of(type, id) AS ${home} || type || '/' || id`,
    `CREATE OR REPLACE MACRO is_ref(r) AS r IS NULL OR plain_ref(r) IS NOT NULL`,
    `CREATE OR REPLACE MACRO is_id(t) AS t IS NOT NULL AND regexp_full_match(t, '[A-Za-z0-9_.-]{1,128}')`,
    `CREATE OR REPLACE MACRO is_time(t) AS t IS NULL OR
      (regexp_full_match(t, '${CLOCK}') AND try_cast(t AS TIMESTAMPTZ) IS NOT NULL)`,
    `CREATE OR REPLACE MACRO at_ms(t) AS epoch_ms(try_cast(t AS TIMESTAMPTZ))`,
    `CREATE OR REPLACE MACRO offset_min(t) AS CASE WHEN right(t, 1) = 'Z' THEN 0 ELSE
      (CASE WHEN substr(t, -6, 1) = '-' THEN -1 ELSE 1 END)
      * (try_cast(substr(t, -5, 2) AS BIGINT) * 60 + try_cast(right(t, 2) AS BIGINT)) END`,
    `CREATE OR REPLACE MACRO version_of(t) AS
      CASE WHEN regexp_full_match(t, '\\d{1,15}') THEN try_cast(t AS BIGINT) END`,
    `CREATE OR REPLACE MACRO is_word(t) AS t IS NULL OR
      (length(t) <= 300 AND regexp_full_match(t, '[!-~]+'))`,
    `CREATE OR REPLACE MACRO is_text(t) AS t IS NOT NULL AND length(t) <= 4000
      AND regexp_full_match(t, '[^\\p{C}\\p{Z}]([^\\p{C}\\p{Zl}\\p{Zp}]|\\n|\\t)*')
      AND regexp_matches(t, '[^\\p{C}\\p{Z}]$')`,
  ];
}
