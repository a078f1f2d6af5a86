import type { CheckResult } from '#src/domain/connection/check.ts';
import { FhirError } from '#src/io/gateway.ts';
import type { Checked } from './carrier-checks.ts';
import { type CheckContext, openCheck } from './context.ts';
import { failureInWords, type TestCopies } from './test-copies.ts';

/**
 * R4 http#ccreate, proven: the same again makes no second one, and two at the same moment make one.
 * Only then may the app leave it to the server that no answer is stored twice.
 */
export async function conditionalChecks(
  context: CheckContext,
  copies: TestCopies,
  id: string,
): Promise<Checked> {
  const again = await repeated(context, copies, id);
  const together = again.once
    ? await parallel(context, copies)
    : {
        once: false,
        result: openCheck(context, 'write', 'write.parallel', 'Two at the same moment').skipped(
          'a repeat already makes a second one',
        ),
      };
  const proven = again.once && together.once;
  const { prefix } = context;
  return {
    results: [again.result, together.result],
    advice: [
      {
        setting: `${prefix}conditionalCreate`,
        value: proven,
        why: proven
          ? 'If-None-Exist kept a repeat from being stored, also at the same moment'
          : 'a repeat was stored twice or refused: the app searches before it sends',
      },
    ],
  };
}

interface Outcome {
  readonly once: boolean;
  readonly result: CheckResult;
}

async function repeated(context: CheckContext, copies: TestCopies, id: string): Promise<Outcome> {
  const check = openCheck(context, 'write', 'write.conditional', 'Conditional create');
  try {
    const again = await copies.create(id, true);
    await copies.search(id);
    const count = copies.known(id).length;
    if (count === 1 && again.existed)
      return { once: true, result: check.pass('the same again: the server gave the one it had') };
    return { once: false, ...unproven(context, 'write.conditional', count) };
  } catch (cause) {
    const { seen, said } = failureInWords(cause);
    const result = check[severity(context)](`the same again: ${seen}`, cureFor(context), said);
    return { once: false, result };
  }
}

async function parallel(context: CheckContext, copies: TestCopies): Promise<Outcome> {
  const check = openCheck(context, 'write', 'write.parallel', 'Two at the same moment');
  const id = context.newId();
  const ends = await Promise.allSettled([copies.create(id, true), copies.create(id, true)]);
  const broken = ends.find((end) => end.status === 'rejected' && !isConflict(end.reason));
  try {
    if (broken?.status === 'rejected') throw broken.reason;
    await copies.search(id);
  } catch (cause) {
    const { seen, said } = failureInWords(cause);
    return { once: false, result: check[severity(context)](seen, cureFor(context), said) };
  }
  const count = copies.known(id).length;
  return count === 1
    ? { once: true, result: check.pass('one was stored') }
    : { once: false, ...unproven(context, 'write.parallel', count) };
}

/** Told to wait, or that it is there already: the right answers to the one who came second. */
const isConflict = (cause: unknown): boolean =>
  cause instanceof FhirError && (cause.status === 409 || cause.status === 412);

/** A promise that config.json relies on and the server breaks is a failure; else it is a loss. */
const severity = ({ issuer, prefix }: CheckContext): 'fail' | 'warn' =>
  (prefix === '' ? issuer?.conditionalCreate : issuer?.store?.conditionalCreate) === true
    ? 'fail'
    : 'warn';

const cureFor = (context: CheckContext): string =>
  severity(context) === 'fail'
    ? 'Set "conditionalCreate": false now: config.json relies on what this server does not do.'
    : 'Leave "conditionalCreate" false: the app then searches before it sends, and readers count by identifier.';

function unproven(context: CheckContext, name: string, count: number) {
  const title = name === 'write.parallel' ? 'Two at the same moment' : 'Conditional create';
  const check = openCheck(context, 'write', name, title);
  const seen = count === 1 ? 'one was stored, and said to be new' : `${count} were stored`;
  return { result: check[severity(context)](seen, cureFor(context)) };
}
