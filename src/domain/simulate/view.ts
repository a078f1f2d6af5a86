import type { TableRow } from '../tables/schema.ts';
import { HOUR_MS, laterWithin } from './calendar.ts';
import type { ModelInWeek } from './model-in-week.ts';
import { chance, logNormal, pickIndex, pickOne } from './random/draws.ts';
import type { Stream } from './random/stream.ts';
import type { Stay } from './rows/carried.ts';
import type { Setting } from './setting.ts';
import type { Clinician } from './staff.ts';

/** One recommendation before one clinician: when it was in view, once for each launch. */
export interface View {
  readonly about: TableRow<'recommendations'>;
  readonly clinician: Clinician;
  readonly shownAt: readonly number[];
  readonly stream: Stream;
}

const MINUTE_MS = 60_000;
const DELAY_MEDIAN_MIN = 18;
const DELAY_SPREAD = 1.1;
/** Share that a second clinician sees too, and that one clinician opens twice. */
const SECOND_CLINICIAN = 0.1;
const SECOND_LAUNCH = 0.07;
/** Share that a clinician of another unit of the site looks after. */
const FLOATING = 0.06;

/** Who had it in view; nobody, for some. */
export function drawViews(
  about: TableRow<'recommendations'>,
  model: ModelInWeek,
  stay: Stay,
  own: Stream,
  weekEnd: number,
  setting: Setting,
): readonly View[] {
  if (!chance(own, model.shown)) return [];
  const fired = about.fired_at ?? stay.arrivedAt;
  const count = chance(own, SECOND_CLINICIAN) ? 2 : 1;
  const views: View[] = [];
  for (let i = 0; i < count; i++) {
    const view = drawView(about, fired, model, stay, own.split(i), weekEnd, setting);
    if (view && views[0]?.clinician !== view.clinician) views.push(view);
  }
  return views;
}

function drawView(
  about: TableRow<'recommendations'>,
  fired: number,
  model: ModelInWeek,
  stay: Stay,
  own: Stream,
  weekEnd: number,
  setting: Setting,
): View | undefined {
  const clinician = drawClinician(model, stay, own, setting);
  if (clinician === undefined) return undefined;
  const delay = logNormal(own, DELAY_MEDIAN_MIN, DELAY_SPREAD) * MINUTE_MS;
  const first = laterWithin(fired, delay, weekEnd, own.next());
  const again = chance(own, SECOND_LAUNCH);
  const second = laterWithin(first, (0.3 + 2 * own.next()) * HOUR_MS, weekEnd, own.next());
  const shownAt = again && second > first ? [first, second] : [first];
  return { about, clinician, shownAt, stream: own.split(1) };
}

function drawClinician(
  model: ModelInWeek,
  stay: Stay,
  own: Stream,
  setting: Setting,
): Clinician | undefined {
  const here = chance(own, 1 - FLOATING);
  const elsewhere = setting.world.units.filter(({ site }) => site === stay.unit.site);
  const unit = here ? stay.unit : pickOne(own, elsewhere);
  const audience = model.audiences[unit.index];
  return audience?.clinicians[pickIndex(own, audience.ends)];
}
