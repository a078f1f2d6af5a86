import type { Course } from './course.ts';
import type { ModelKey } from './model-facts.ts';
import { uuid } from './random/draws.ts';
import type { Shown } from './rows/answer-rows.ts';
import type { View } from './view.ts';

/** Exposures so far, by model and clinician: all that later weeks need of earlier ones. */
export type Counters = Map<ModelKey, Uint32Array>;

/** Label of the stream of the displays, beside those of the answers. */
const DISPLAYS = 100;

interface Display {
  readonly course: Course;
  readonly view: View;
  readonly id: string;
  readonly at: number;
  readonly recordedAt: number;
  inEncounter: number;
  seen: number;
}

const byTime = (a: Display, b: Display): number => a.at - b.at || (a.id < b.id ? -1 : 1);

/** All displays of a week, counted in the order in which they came; by view. */
export function countDisplays(
  courses: readonly Course[],
  counters: Counters,
  clinicians: number,
): ReadonlyMap<View, readonly Shown[]> {
  const displays = courses.flatMap((course) =>
    course.views.flatMap((view) => displaysOf(course, view)),
  );
  const perEncounter = new Map<string, number>();
  for (const one of displays.toSorted(byTime)) {
    const { key } = one.course.model.facts;
    const counter = counters.get(key) ?? new Uint32Array(clinicians);
    counters.set(key, counter);
    const who = one.view.clinician.index;
    one.seen = counter[who] ?? 0;
    counter[who] = one.seen + 1;
    const together = `${one.course.stay.encounter_id} ${who}`;
    one.inEncounter = perEncounter.get(together) ?? 0;
    perEncounter.set(together, one.inEncounter + 1);
  }
  return Map.groupBy(displays, ({ view }) => view);
}

function displaysOf(course: Course, view: View): readonly Display[] {
  const own = view.stream.split(DISPLAYS);
  return view.shownAt.map((at) => ({
    course,
    view,
    id: uuid(own),
    at,
    recordedAt: at + 200 + Math.floor(1_500 * own.next()),
    inEncounter: 0,
    seen: 0,
  }));
}
