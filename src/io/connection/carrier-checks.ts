import type { CheckResult } from '#src/domain/connection/check.ts';
import type { ConfigAdvice } from '#src/domain/connection/report.ts';
import { plainSearch, recommendationSearches } from '#src/fhir/search.ts';
import { ask, type Heard, heardInWords, isOk, serverWords } from './ask.ts';
import { type CheckContext, openCheck } from './context.ts';

export interface Checked {
  readonly results: readonly CheckResult[];
  readonly advice: readonly ConfigAdvice[];
}

/** The very searches with which the review screen looks for recommendations, one per carrier. */
export async function carrierChecks(context: CheckContext): Promise<Checked> {
  const { issuer, signedIn, prefix } = context;
  const check = openCheck(context, 'search', 'search.carriers', 'Recommendations');
  const here = (issuer?.recommendationSource ?? 'ehr') === (prefix === '' ? 'ehr' : 'store');
  if (!here) return { results: [], advice: [] };
  if (!signedIn?.patientId)
    return {
      results: [check.skipped('no patient is open', 'Name a test patient with --patient ID.')],
      advice: [],
    };
  const searches = recommendationSearches(signedIn.patientId, issuer?.carriers);
  const asked = await Promise.all(
    searches.map(async (search) => ({
      type: search.type,
      full: await ask(context, pathOf(search), { authorized: true }),
      plain: await ask(context, pathOf(plainSearch(search)), { authorized: true }),
    })),
  );
  const usable = asked.filter(({ full, plain }) => isOk(full) || isOk(plain));
  const refused = asked.filter((one) => !usable.includes(one));
  const reduced = usable.filter(({ full }) => !isOk(full));
  const words = (found: typeof asked, which: (one: (typeof asked)[number]) => Heard) =>
    found.map((one) => `${one.type}: ${heardInWords(which(one))}`).join(', ');
  const advice: readonly ConfigAdvice[] =
    refused.length > 0 && usable.length > 0
      ? [
          {
            setting: 'carriers',
            value: usable.map(({ type }) => type),
            why: 'what this server lets the app search',
          },
        ]
      : [];
  if (refused.length > 0) {
    const end = usable.length === 0 ? check.fail : check.warn;
    return {
      results: [
        end(
          `refused: ${words(refused, ({ plain }) => plain)}`,
          'Grant the scope, or leave the type out of carriers: the screen names each search that fails.',
          refused.flatMap(({ plain }) => serverWords(plain) ?? [])[0],
        ),
      ],
      advice,
    };
  }
  return {
    results: [
      reduced.length > 0
        ? check.warn(
            `only without includes and order: ${words(reduced, ({ full }) => full)}`,
            'Works, with more requests. Ask the vendor for _include, _revinclude and _sort.',
          )
        : check.pass(usable.map(({ type }) => type).join(', ')),
    ],
    advice,
  };
}

const pathOf = (search: { type: string; params: ReadonlyArray<readonly [string, string]> }) =>
  `${search.type}?${new URLSearchParams(search.params.map(([name, value]) => [name, value]))}`;
