import type { CheckResult } from '#src/domain/connection/check.ts';
import { ask, type Heard, isOk } from './ask.ts';
import { type CheckContext, type OpenCheck, openCheck } from './context.ts';

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1)(:|\/|$)/;
const MOST_SKEW_MS = 60_000;

/** Encryption of the way, and whether both ends agree on the time. */
export async function transportChecks(
  context: CheckContext,
  heard: readonly Heard[],
): Promise<readonly CheckResult[]> {
  return [https(context), await plainHttp(context), skew(context, heard)];
}

function https(context: CheckContext): CheckResult {
  const check = openCheck(context, 'transport', 'transport.https', 'Encrypted');
  if (context.base.startsWith('https:')) return check.pass('https');
  return LOOPBACK.test(context.base)
    ? check.pass('http, on this machine only')
    : check.fail('http', 'Use the https address. Patient data must not travel in the clear.');
}

/** Whoever types `http://` must not get patient data by it. */
async function plainHttp(context: CheckContext): Promise<CheckResult> {
  const check = openCheck(context, 'transport', 'transport.http', 'Not readable over http');
  if (!context.base.startsWith('https:')) return check.skipped('the server is on this machine');
  if (context.eye === 'browser')
    return check.skipped('a browser may not ask', 'Run the check on the command line.');
  const plain = context.base.replace(/^https:/, 'http:');
  const heard = await ask({ ...context, base: plain }, 'metadata');
  if (heard.kind === 'redirect') return check.pass('http is redirected');
  return isOk(heard)
    ? check.warn('http is answered too', 'Redirect http to https, and send HSTS.')
    : check.pass('http is not answered');
}

/** RFC 9110 `Date`; only where the answer shows it, which across origins it seldom does. */
function skew(context: CheckContext, heard: readonly Heard[]): CheckResult {
  const check = openCheck(context, 'transport', 'transport.clock', 'Clocks agree');
  const offsets = heard.flatMap((one) => {
    if (one.kind !== 'answer') return [];
    const date = Date.parse(one.headers.get('date') ?? '');
    return Number.isNaN(date) ? [] : [date - one.at];
  });
  const [offset] = offsets.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  if (offset === undefined)
    return check.skipped(
      'the server’s Date is not readable here',
      context.eye === 'browser'
        ? 'A test answer shows it too, or run the check on the command line.'
        : undefined,
    );
  return agreement(check, offset);
}

/** @param offset ms by which the server's clock is ahead of ours. */
export function agreement(check: OpenCheck, offset: number): CheckResult {
  const seconds = Math.round(Math.abs(offset) / 1000);
  const seen = `the server is ${seconds} s ${offset < 0 ? 'behind' : 'ahead of'} this machine`;
  return Math.abs(offset) > MOST_SKEW_MS
    ? check.warn(seen, 'Set both by the same time service: answers are ordered by their time.')
    : check.pass(seconds <= 1 ? 'to the second' : seen);
}
