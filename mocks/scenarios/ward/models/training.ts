import type { Library } from 'fhir/r4';
import { base64, HOSPITAL, plainMeta } from '../build.ts';
import { hoursAgo, type Ward } from '../ward.ts';
import { model } from './catalogue.ts';

const CASES = [
  {
    story:
      'A man of 71 came from theatre eight hours ago. His heart rate is 112 and his lactate 2.6. The model says 38 %.',
    options: [
      'Start the sepsis bundle: the score is far above the threshold',
      'Look at the patient first: the model was not validated so soon after surgery',
      'Ignore the score: after surgery it is always wrong',
    ],
    right: 1,
    why: 'In the first 24 h after surgery the numbers of the score mean something else. It may still be sepsis: the bedside decides.',
  },
  {
    story:
      'A woman of 58 with cirrhosis has a lactate of 3.1, as in each of the last four weeks. The model says 27 %.',
    options: [
      'Compare with her usual values, and say so if you override',
      'Repeat the score until it is below 20 %',
      'Accept: 27 % is above the threshold',
    ],
    right: 0,
    why: 'In chronic liver disease lactate reads high and the score with it. A reason lets the owner see how often that happens.',
  },
  {
    story:
      'A man of 66 on the ward is confused, with a respiratory rate of 26. The model says 9 %, below its threshold.',
    options: [
      'No sepsis: the model would have warned',
      'Wait for the next score in an hour',
      'Assess him now: at this hospital the model misses four of ten',
    ],
    right: 2,
    why: 'Its sensitivity here is 61 %. Silence of the model is no finding.',
  },
];

/** The training on the sepsis model: as the hospital wrote it. */
export function trainings(ward: Ward): Library[] {
  const { identifier, version } = model('sepsis-3');
  const date = hoursAgo(ward, 100 * 24);
  return [
    {
      resourceType: 'Library',
      id: 'training-sepsis-3',
      meta: plainMeta(),
      url: `${HOSPITAL}/Library/training-sepsis-3`,
      name: 'ModelTraining',
      title: 'Training: Sepsis early warning 3.1.0',
      status: 'active',
      date,
      type: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/library-type',
            code: 'asset-collection',
          },
        ],
      },
      content: [
        {
          contentType: 'application/json',
          data: base64(JSON.stringify({ asOf: date, model: identifier, version, cases: CASES })),
        },
      ],
    },
  ];
}
