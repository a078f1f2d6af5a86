import { RELEVANT, USUAL_SPREAD } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { earliest, NOWHERE, watch } from '../watch.ts';
import { type Reading, sums } from '../weeks.ts';
import { againstOthers } from './against-others.ts';
import { ownPast } from './own-past.ts';

const WHAT = 'right, of labelled encounters';

interface Site {
  readonly site: string | null;
  readonly right: readonly number[];
  readonly labelled: readonly number[];
}

/**
 * The model is right less often at a site: than it was there, or than it is at the other sites. The
 * second needs no past, so that a new site is judged from its first labels on.
 */
export function performanceDrop(reading: Reading): readonly Signal[] {
  const all = reading.of('monitor-labelled', ['model', 'site']);
  const models = [...Map.groupBy(all, ({ slice }) => slice[0] ?? null)];
  const streams = models.flatMap(([model_id, slices]) => {
    const sites: readonly Site[] = slices.map(({ slice, weeks }) => ({
      site: slice[1] ?? null,
      right: sums(weeks, 'tp', 'tn'),
      labelled: sums(weeks, 'tp', 'tn', 'fp', 'fn'),
    }));
    const shift = RELEVANT['performance-drop'];
    return sites.flatMap((one) => {
      const place = { ...NOWHERE, model_id, site: one.site };
      return [
        ownPast(place, WHAT, [one.right, one.labelled], -1, shift),
        ...(sites.length > 1
          ? [
              againstOthers(place, WHAT, compare(one, sites), {
                direction: -1,
                shift,
                spread: USUAL_SPREAD,
              }),
            ]
          : []),
      ];
    });
  });
  const found = watch('performance-drop', reading.weeks, streams);
  const same = ({ model_id, site }: Signal): string => JSON.stringify([model_id, site]);
  return [...Map.groupBy(found, same).values()].flatMap(earliest);
}

const compare = (one: Site, sites: readonly Site[]) =>
  one.labelled.map((n, t) => {
    const others = sites.filter((site) => site !== one);
    return [
      {
        x: one.right[t] ?? 0,
        n,
        otherX: others.reduce((sum, site) => sum + (site.right[t] ?? 0), 0),
        otherN: others.reduce((sum, site) => sum + (site.labelled[t] ?? 0), 0),
      },
    ];
  });
