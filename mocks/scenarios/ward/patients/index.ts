import type { Chart } from '../chart.ts';
import type { Ward } from '../ward.ts';
import { alreadyTreated } from './already-treated.ts';
import { answered } from './answered.ts';
import { contradiction } from './contradiction.ts';
import { copd } from './copd.ts';
import { heartFailure } from './heart-failure.ts';
import { humanScore } from './human-score.ts';
import { interaction } from './interaction.ts';
import { kidney } from './kidney.ts';
import { longName } from './long-name.ts';
import { minimal } from './minimal.ts';
import { nameTwin } from './name-twin.ts';
import { neutropenic } from './neutropenic.ts';
import { nine } from './nine.ts';
import { nothing } from './nothing.ts';
import { pneumothorax } from './pneumothorax.ts';
import { postOp } from './post-op.ts';
import { retiredModel } from './retired-model.ts';
import { sepsis } from './sepsis.ts';
import { superseded } from './superseded.ts';

/** Order of the ward list. A story keeps its `index` when others come. */
export const STORIES: readonly ((ward: Ward) => Chart)[] = [
  sepsis,
  nameTwin,
  nothing,
  heartFailure,
  copd,
  interaction,
  humanScore,
  retiredModel,
  neutropenic,
  nine,
  postOp,
  contradiction,
  superseded,
  answered,
  kidney,
  alreadyTreated,
  pneumothorax,
  longName,
  minimal,
];
