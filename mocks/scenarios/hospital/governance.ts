import type { CodeableConcept, Library, Task } from 'fhir/r4';
import { CANONICAL_BASE, SYSTEM } from '#src/fhir/codes.ts';
import { base64, plainMeta } from '../ward/build.ts';
import { HOSPITAL_REFERENCE } from '../ward/hospital.ts';
import { deviceReference, type ModelId, model } from '../ward/models/catalogue.ts';
import { instant } from './fields.ts';

const HOUR_MS = 3_600_000;
const OWNER = 'Practitioner/informatics';
const DUTY = { owner: OWNER, acknowledgeHours: 24, actHours: 96 };

const limit = (id: string, title: string, of: ModelId, own: object) => ({
  ...{ id, title, slice: { model: model(of).identifier }, windowWeeks: 4, leastRows: 100 },
  ...{ direction: 'at-least', action: 'notify', ...DUTY, ...own },
});

/** What this hospital's committee has agreed. */
const AGREED = {
  committee: HOSPITAL_REFERENCE.reference,
  signals: DUTY,
  slas: [
    limit('xray-seen', 'Chest X-ray triage: what it says is seen', 'chest-xray', {
      ...{ metric: 'reach', figure: 'displayed of fired', warn: 0.8, breach: 0.7 },
    }),
    limit('sepsis-followed', 'Sepsis early warning: a third is followed', 'sepsis-3', {
      ...{ metric: 'adoption', figure: 'acceptance of displayed', warn: 0.45, breach: 0.33 },
    }),
    limit('interaction-answered', 'Drug interaction check: it is answered', 'drug-interaction', {
      ...{ metric: 'adoption', figure: 'no response of displayed', direction: 'at-most' },
      ...{ warn: 0.4, breach: 0.5, action: 'restrict' },
      restriction: 'Many warnings stay without an answer: decide by the chart.',
    }),
  ],
};

function agreed(now: number): Library {
  const asOf = instant(now - 60 * 24 * HOUR_MS);
  return {
    resourceType: 'Library',
    id: 'service-levels',
    meta: plainMeta(),
    url: `${CANONICAL_BASE}/Library/service-levels`,
    name: 'ServiceLevels',
    title: 'What models must keep, and who answers when they do not',
    status: 'active',
    date: asOf,
    type: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/library-type', code: 'asset-collection' },
      ],
    },
    content: [
      { contentType: 'application/json', data: base64(JSON.stringify({ asOf, ...AGREED })) },
    ],
  };
}

const item = (code: string): CodeableConcept => ({
  coding: [{ system: SYSTEM.feedbackItem, code }],
});

interface Matter {
  readonly key: string;
  readonly level: 'breach' | 'warn';
  readonly title: string;
  readonly words: string;
  readonly of: ModelId;
  readonly hoursAgo: number;
  /** Who took it on said this. */
  readonly taken?: string;
}

/** A matter as the monitoring of this hospital left it. */
function matter(now: number, { key, level, title, words, of, hoursAgo, taken }: Matter): Task {
  const raised = now - hoursAgo * HOUR_MS;
  const due = (hours: number) => instant(raised + hours * HOUR_MS);
  const [acknowledge, act] = [due(DUTY.acknowledgeHours), due(DUTY.actHours)];
  return {
    resourceType: 'Task',
    id: key.replaceAll(' ', '-'),
    meta: plainMeta(),
    status: taken === undefined ? 'requested' : 'in-progress',
    intent: 'order',
    priority: level === 'breach' ? 'urgent' : 'routine',
    code: {
      coding: [{ system: `${CANONICAL_BASE}/CodeSystem/governance-task`, code: 'escalation' }],
    },
    description: words,
    focus: deviceReference(of),
    authoredOn: instant(raised),
    lastModified: instant(raised),
    requester: HOSPITAL_REFERENCE,
    owner: { reference: OWNER },
    reasonCode: { text: title },
    ...(taken !== undefined && {
      note: [{ authorReference: { reference: OWNER }, time: due(2), text: taken }],
    }),
    restriction: { period: { end: taken === undefined ? acknowledge : act } },
    input: [
      { type: item('finding-key'), valueString: key },
      { type: item('finding-level'), valueString: level },
      { type: item('agreed-action'), valueString: 'notify' },
      { type: item('acknowledge-by'), valueDateTime: acknowledge },
      { type: item('act-by'), valueDateTime: act },
    ],
    output: [
      { type: item('automatic-action'), valueString: 'Nothing was to be done by itself.' },
      { type: item('owner-told'), valueDateTime: instant(raised) },
    ],
  };
}

/** @param now epoch ms: one matter is overdue then, and one is being worked on */
export const governance = (now: number): (Library | Task)[] => [
  agreed(now),
  matter(now, {
    ...{ key: 'sla xray-seen breach', level: 'breach', of: 'chest-xray', hoursAgo: 31 },
    title: 'Breach: Chest X-ray triage: what it says is seen',
    words: 'Fewer of its findings were seen in four weeks than was agreed.',
  }),
  matter(now, {
    ...{ key: 'sla sepsis-followed warn', level: 'warn', of: 'sepsis-3', hoursAgo: 50 },
    title: 'Warning: Sepsis early warning: a third is followed',
    words: 'It was followed less in four weeks than was agreed, and not yet beyond the limit.',
    taken: 'Reading the reasons for overrides with the intensive care unit.',
  }),
];
