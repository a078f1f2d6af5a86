import type { CheckResult } from '#src/domain/connection/check.ts';
import { get, objects } from '#src/fhir/read.ts';
import { ask, heardInWords, isBelow, resourceOf, serverWords } from './ask.ts';
import { type CheckContext, openCheck } from './context.ts';
import { matches } from './matches.ts';

/** A `next` link elsewhere would carry the token there; the app refuses it and shows less. */
export async function pagingCheck(context: CheckContext, patientId: string): Promise<CheckResult> {
  const check = openCheck(context, 'search', 'search.paging', 'Pages');
  const heard = await ask(context, `Observation?patient=Patient/${patientId}&_count=1`, {
    authorized: true,
  });
  const bundle = resourceOf(heard, 'Bundle');
  if (!bundle)
    return check.fail(heardInWords(heard), 'The app reads page by page.', serverWords(heard));
  const next = objects(get(bundle, 'link')).find((one) => get(one, 'relation') === 'next');
  const url = get(next, 'url');
  const count = matches(heard)?.length ?? 0;
  if (typeof url !== 'string') {
    const total = get(bundle, 'total');
    return typeof total === 'number' && total > count
      ? check.fail(
          `${count} of ${total}, and no link to the rest`,
          'Have the server send next links: the app would take a part for the whole.',
        )
      : check.skipped('too few Observations for a second page');
  }
  const base = `${context.base}/`;
  if (!URL.canParse(url, base) || !isBelow(new URL(url, base), context.base))
    return check.fail(
      'the link to the next page leaves the FHIR base',
      'Have the server build its links from its public address (often a proxy’s setting).',
    );
  const second = matches(await ask(context, url, { authorized: true }));
  return second
    ? check.pass('the next page is read at the same address')
    : check.fail('the next page cannot be read', 'Ask the vendor: charts would be cut short.');
}
