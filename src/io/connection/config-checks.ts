import type { CheckResult } from '#src/domain/connection/check.ts';
import { lackingScopes, neededScopes, scopeInWords } from '#src/domain/connection/needed-scopes.ts';
import { excessiveScopes } from '#src/domain/connection/scopes.ts';
import { sinkName, sinksOf } from '#src/domain/sinks.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import { CANONICAL_BASE, SYSTEM } from '#src/fhir/codes.ts';
import { type CheckContext, openCheck } from './context.ts';

const EXAMPLE_HOST = /\bexample\.(org|com|net)\b|\.example\b/i;
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1)(:|\/|$)/;

/** What can be said of the configuration alone, before any request. */
export function configChecks(
  context: CheckContext,
  canonicalBase: string = CANONICAL_BASE,
): readonly CheckResult[] {
  const { issuer } = context;
  return [
    canonical(context, canonicalBase),
    file(context),
    ...(issuer
      ? [
          ...placeholders(context, issuer),
          reasonSystem(context),
          frames(context),
          synthetic(context),
          scopesAskedFor(context, issuer),
          tooMuch(context, issuer),
          destinations(context, issuer),
        ]
      : []),
  ];
}

function canonical(context: CheckContext, base: string): CheckResult {
  const check = openCheck(context, 'configuration', 'config.canonical', 'Canonical base');
  return EXAMPLE_HOST.test(base)
    ? check.fail(
        `${base} is an example: what is written now would have to be recoded later`,
        'Set CANONICAL_BASE in src/fhir/codes.ts to an address that your hospital owns, run npm run artifacts, and build again.',
      )
    : check.pass(base);
}

function file(context: CheckContext): CheckResult {
  const check = openCheck(context, 'configuration', 'config.issuer', 'config.json');
  const { configProblems, site, issuer, base } = context;
  if (configProblems.length > 0)
    return check.fail(
      configProblems.map(({ path, message }) => `${path} ${message}`).join('; '),
      'Correct these fields. A file with mistakes opens nothing.',
    );
  if (!site) return check.skipped('none was named', 'Name your config.json with --config.');
  if (!issuer)
    return check.fail(
      `${base} is not among its issuers`,
      `Add it, exactly as the EHR sends it. Configured: ${site.issuers.map(({ iss }) => iss).join(', ') || 'none'}.`,
    );
  return check.pass('this server is configured, and no two settings contradict each other');
}

/** Left-overs of an example, wherever in the file. */
function placeholders(context: CheckContext, issuer: IssuerConfig): readonly CheckResult[] {
  const check = openCheck(context, 'configuration', 'config.placeholders', 'Placeholders');
  const found = examplePaths({
    issuer: { ...issuer, probabilityScales: [] },
    frameAncestors: context.site?.frameAncestors,
  });
  return [
    found.length === 0
      ? check.pass('none left')
      : check.fail(
          `an example address in ${found.join(', ')}`,
          'Replace it by what your EHR, store and models really use.',
        ),
  ];
}

function examplePaths(value: unknown, path = ''): readonly string[] {
  // Our own codes carry the canonical base, which has a check of its own.
  if (typeof value === 'string')
    return EXAMPLE_HOST.test(value.replaceAll(CANONICAL_BASE, '')) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    examplePaths(child, path === '' ? key : `${path}.${key}`),
  );
}

/** Our own reasons carry the canonical base: a file from before a change would write the old one. */
function reasonSystem(context: CheckContext): CheckResult {
  const check = openCheck(context, 'configuration', 'config.reasons', 'Codes of the reasons');
  const tail = SYSTEM.aiOverrideReason.slice(CANONICAL_BASE.length);
  const strange = (context.site?.kinds ?? [])
    .flatMap(({ reasons }) => reasons.map(({ coding }) => coding.system))
    .filter((system) => system.endsWith(tail) && system !== SYSTEM.aiOverrideReason);
  return strange.length === 0
    ? check.pass('under the canonical base of this build')
    : check.fail(
        `config.json names ${[...new Set(strange)].join(', ')}, this build publishes ${SYSTEM.aiOverrideReason}`,
        'Write the address of this build into the reasons of each kind.',
      );
}

function frames(context: CheckContext): CheckResult {
  const check = openCheck(context, 'configuration', 'config.frames', 'Who may frame the app');
  const ancestors = context.site?.frameAncestors ?? [];
  return ancestors.length === 0
    ? check.warn(
        'nobody: the app opens in a window of its own only',
        'Add the origin of the EHR to frameAncestors if the EHR shows apps in a panel, and install the headers again.',
      )
    : check.pass(ancestors.join(', '));
}

function synthetic(context: CheckContext): CheckResult {
  const check = openCheck(context, 'configuration', 'config.synthetic', 'Invented patients');
  const says = context.site?.synthetic === true;
  return says && !LOOPBACK.test(context.base)
    ? check.warn(
        'each screen says that its patients are invented',
        'Right for a test environment. Remove "synthetic" before real patients are treated.',
      )
    : check.pass(says ? 'said on each screen, on this machine' : 'not claimed');
}

function scopesAskedFor(context: CheckContext, issuer: IssuerConfig): CheckResult {
  const check = openCheck(context, 'configuration', 'config.scopes', 'Scopes asked for');
  const asked = issuer.scopes.split(/\s+/);
  const lacking = lackingScopes(neededScopes(issuer, context.site?.kinds), asked);
  const required = lacking.filter((one) => one.required);
  const cure = 'Add them to scopes, and to the registration at the EHR.';
  const launch = asked.includes('launch') ? [] : ['launch (a launch from the chart)'];
  if (required.length + launch.length > 0)
    return check.fail(`missing: ${[...launch, ...required.map(scopeInWords)].join(', ')}`, cure);
  return lacking.length > 0
    ? check.warn(`not asked for: ${lacking.map(scopeInWords).join(', ')}`, `${cure} Or do without.`)
    : check.pass('all that the carriers, sinks and watch rules need');
}

function tooMuch(context: CheckContext, issuer: IssuerConfig): CheckResult {
  const check = openCheck(context, 'configuration', 'config.least', 'No more than needed');
  const excess = excessiveScopes(issuer.scopes.split(/\s+/));
  return excess.length === 0
    ? check.pass('no wildcard, no deletion, no system scope')
    : check.warn(excess.join(', '), 'Ask for single resource types, and for nothing to delete.');
}

function destinations(context: CheckContext, issuer: IssuerConfig): CheckResult {
  const check = openCheck(context, 'sinks', 'sinks.configured', 'Configured');
  const names = sinksOf(issuer).map(
    ({ id, required }) => `${sinkName(id, issuer)}${required ? '' : ' (optional)'}`,
  );
  return check.pass(names.join(', '));
}
