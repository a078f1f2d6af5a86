import type { MakeScenario } from '../scenario.ts';
import type { Chart } from './chart.ts';
import { hospital, UNIT_IDS, UNITS, units } from './hospital.ts';
import { modelCards } from './models/cards.ts';
import { devices } from './models/devices.ts';
import { modelStates } from './models/states.ts';
import { trainings } from './models/training.ts';
import { STORIES } from './patients/index.ts';
import { clinicianName, POSTS, practitioner, practitionerRole } from './people.ts';
import { openWard } from './ward.ts';

export { MRN_SYSTEM } from './hospital.ts';
export { AI_DEVICES, PROBABILITY_SCALES } from './models/registry.ts';

/** A hospital ward: who is on it and what each chart shows is in README.md beside this file. */
export const ward: MakeScenario = (options) => {
  const place = openWard(options);
  const charts: Chart[] = STORIES.map((story) => story(place));
  return {
    name: 'ward',
    description: 'An invented hospital with three units, seen at one moment',
    now: new Date(options.now).toISOString(),
    resources: [
      hospital(),
      ...units(),
      ...POSTS.map((post) => practitioner(place, post)),
      ...POSTS.map((post) => practitionerRole(place, post)),
      ...modelCards(place),
      ...devices(),
      ...modelStates(place),
      ...trainings(place),
      ...charts.flatMap((chart) => chart.resources),
    ],
    clinicians: POSTS.map((post) => ({
      practitionerId: post.id,
      name: clinicianName(place, post.id),
      role: post.role,
    })),
    units: UNIT_IDS.map((id) => ({ locationId: id, name: UNITS[id].name })),
  };
};
