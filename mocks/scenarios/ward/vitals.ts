import type { Observation } from 'fhir/r4';
import { SYSTEM } from '#src/fhir/codes.ts';
import { analyte, type VitalId } from './analytes.ts';
import { plainMeta } from './build.ts';
import { add, type Chart } from './chart.ts';
import { measured, reading, rounded } from './observations.ts';
import type { Rng } from './rng.ts';
import { minutesAgo, stream } from './ward.ts';

/** Knots of a course, evenly spread from admission (at most 72 h ago) to now. */
type Course = readonly number[];

type VitalCourses = Readonly<Partial<Record<Exclude<VitalId, 'map'>, Course>>>;

const LONGEST = 72;

const courseHours = (chart: Chart): number => Math.min(chart.stay.hours, LONGEST);

/** Where the course stands at a fraction of its length, 0 at the start, 1 now. */
function along(course: Course, fraction: number): number {
  const place = Math.min(Math.max(fraction, 0), 1) * (course.length - 1);
  const before = course[Math.floor(place)] ?? 0;
  const after = course[Math.ceil(place)] ?? before;
  return before + (after - before) * (place - Math.floor(place));
}

/** Rounds every six hours, every hour of late; minutes ago, oldest first. */
function rounds(chart: Chart, random: Rng): number[] {
  const hours: number[] = [];
  for (let hour = courseHours(chart) - 0.4; hour > 6; hour -= 6) hours.push(hour);
  for (let hour = Math.min(5, courseHours(chart) - 0.6); hour >= 0.5; hour -= 1) hours.push(hour);
  return [...hours.map((hour) => hour * 60 + random.int(-9, 9)), random.int(8, 14)];
}

/** Writes the vital signs of the stay: one round at a time, blood pressure with its mean. */
export function vitals(chart: Chart, courses: VitalCourses): void {
  const random = stream(chart.ward, `vitals/${chart.id}`);
  rounds(chart, random).forEach((ago, n) => {
    const fraction = 1 - ago / (courseHours(chart) * 60);
    const value = (id: VitalId, course: Course) => {
      const a = analyte(id);
      const drawn = rounded(along(course, fraction) * (1 + a.noise * random.noise()), a);
      return id === 'spo2' ? Math.min(drawn, 100) : drawn;
    };
    for (const id of ['heartRate', 'respiratoryRate', 'temperature', 'spo2', 'gcs'] as const) {
      const course = courses[id];
      if (!course) continue;
      add(
        chart,
        reading(chart, 'vital-signs', n, {
          analyte: id,
          value: value(id, course),
          minutesAgo: ago,
        }),
      );
    }
    if (courses.systolic && courses.diastolic) {
      const systolic = value('systolic', courses.systolic);
      const diastolic = Math.min(value('diastolic', courses.diastolic), systolic - 15);
      pressure(chart, n, ago, systolic, diastolic);
    }
  });
  if (courses.weight) weights(chart, courses.weight);
}

function pressure(chart: Chart, n: number, ago: number, systolic: number, diastolic: number): void {
  const text = 'Blood pressure';
  const at = minutesAgo(chart.ward, ago);
  const panel: Observation = {
    resourceType: 'Observation',
    id: `${chart.id}-bloodpressure-${n}`,
    meta: plainMeta(),
    status: 'final',
    category: [
      {
        coding: [
          { system: SYSTEM.observationCategory, code: 'vital-signs', display: 'Vital Signs' },
        ],
      },
    ],
    code: {
      coding: [{ system: SYSTEM.loinc, code: '85354-9', display: 'Blood pressure panel' }],
      text,
    },
    subject: chart.subject,
    encounter: chart.encounter,
    effectiveDateTime: at,
    issued: at,
    component: [measured(systolic, analyte('systolic')), measured(diastolic, analyte('diastolic'))],
  };
  add(chart, panel);
  const mean = (systolic + 2 * diastolic) / 3;
  add(chart, reading(chart, 'vital-signs', n, { analyte: 'map', value: mean, minutesAgo: ago }));
}

/** Once a day, before breakfast or on arrival. */
function weights(chart: Chart, course: Course): void {
  const days = Math.max(1, Math.floor(courseHours(chart) / 24));
  for (let day = days; day >= 1; day -= 1) {
    const ago = day === days ? courseHours(chart) * 60 - 20 : day * 24 * 60 - 17 * 60;
    const fraction = 1 - ago / (courseHours(chart) * 60);
    add(
      chart,
      reading(chart, 'vital-signs', days - day, {
        analyte: 'weight',
        value: along(course, fraction),
        minutesAgo: ago,
      }),
    );
  }
}
