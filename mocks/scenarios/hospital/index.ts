import type { Scenario } from '../scenario.ts';
import { ward } from '../ward/index.ts';
import { archiveOf } from './archive.ts';
import { changeLog, statesWithPast } from './change-log.ts';
import { governance } from './governance.ts';
import { makePast, type Past, type PastOptions } from './past.ts';
import { otherClinicians, otherPlaces } from './places.ts';

export interface Hospital {
  readonly scenario: Scenario;
  readonly past: Past;
}

/** The ward, and half a year before it: what is in it, README.md beside this file says. */
export function hospital(options: PastOptions): Hospital {
  const past = makePast(options);
  const now = ward(options);
  return {
    past,
    scenario: {
      ...now,
      name: 'hospital',
      description: 'The ward, and half a year of a hospital before it',
      resources: [
        ...statesWithPast(now.resources, past),
        ...otherPlaces(past),
        ...otherClinicians(past),
        ...changeLog(past),
        ...governance(options.now),
      ],
      archive: archiveOf(past),
    },
  };
}
