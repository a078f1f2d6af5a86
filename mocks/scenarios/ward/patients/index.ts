import type { Chart } from '../chart.ts';
import type { Ward } from '../ward.ts';
import { alreadyTreated } from './already-treated.ts';
import { heartFailure } from './heart-failure.ts';
import { interaction } from './interaction.ts';
import { nameTwin } from './name-twin.ts';
import { nothing } from './nothing.ts';
import { sepsis } from './sepsis.ts';

/** Order of the ward list. A story keeps its `index` when others come. */
export const STORIES: readonly ((ward: Ward) => Chart)[] = [
  sepsis,
  nameTwin,
  alreadyTreated,
  heartFailure,
  interaction,
  nothing,
];
