import type { Observation } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { SYSTEM } from '#src/fhir/codes.ts';
import { compareObservations } from '#src/fhir/feedback/read-back.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import { fullAnswer, ISSUER } from './answers.ts';

const sent = toObservation(fullAnswer, { hideFromPatient: true, hospitalStore: true });
const copy = (): Observation => structuredClone(sent);
const change = (edit: (stored: Observation) => void): Observation => {
  const stored = copy();
  edit(stored);
  return stored;
};

describe('nothing is lost when the server', () => {
  test.each<readonly [string, (stored: Observation) => void]>([
    ['returns it as it was', () => undefined],
    [
      'adds id, version, narrative and issued',
      (o) => {
        Object.assign(o, {
          id: '7',
          issued: '2026-10-02T15:15:01Z',
          text: { status: 'generated', div: '<div/>' },
        });
        Object.assign(o.meta ?? {}, { versionId: '1', lastUpdated: '2026-10-02T15:15:01Z' });
      },
    ],
    [
      'drops the claim of our profile',
      (o) => {
        delete o.meta?.profile;
      },
    ],
    [
      'adds security labels',
      (o) => {
        o.meta?.security?.unshift({ system: SYSTEM.actCode, code: 'ETH' });
      },
    ],
    [
      'makes references to itself absolute',
      (o) => {
        o.subject = { reference: `${ISSUER}/Patient/p1`, display: 'Somebody' };
        o.focus = [{ ...o.focus?.[0], reference: `${ISSUER}/RiskAssessment/r1` }];
      },
    ],
    [
      'drops type and display of references',
      (o) => {
        delete o.focus?.[0]?.type;
        delete o.performer?.[0]?.display;
      },
    ],
    [
      'writes the time in another offset',
      (o) => {
        o.effectiveDateTime = '2026-10-02T15:15:00.250Z';
      },
    ],
    [
      'writes +00:00 as Z',
      (o) => {
        o.effectiveDateTime = '2026-10-02T15:15:00.250+00:00';
      },
    ],
    [
      'keeps no fractions of seconds',
      (o) => {
        o.effectiveDateTime = '2026-10-02T10:15:00-05:00';
      },
    ],
    [
      'rewrites displays',
      (o) => {
        for (const coding of o.valueCodeableConcept?.coding ?? []) coding.display = 'Overriden';
        delete o.code.text;
      },
    ],
    [
      'adds codings',
      (o) => {
        o.code.coding?.unshift({ system: 'urn:local', code: '1' });
      },
    ],
    [
      'adds an identifier',
      (o) => {
        o.identifier?.unshift({ system: 'urn:local', value: '1' });
      },
    ],
    [
      'adds a category',
      (o) => {
        o.category?.push({ text: 'x' });
      },
    ],
    [
      'reorders components of different codes',
      (o) => {
        o.component?.sort((a, b) => JSON.stringify(a.code).localeCompare(JSON.stringify(b.code)));
      },
    ],
    [
      'rounds in the tenth place',
      (o) => {
        for (const each of o.component ?? [])
          if (each.valueQuantity?.value) each.valueQuantity.value *= 1 + 1e-12;
      },
    ],
    [
      'normalises line ends',
      (o) => {
        for (const note of o.note ?? []) note.text = `${note.text}\r\n`;
      },
    ],
    [
      'gives elements ids',
      (o) => {
        Object.assign(o.component?.[0] ?? {}, { id: 'c1' });
      },
    ],
  ])('%s', (_, edit) => {
    expect(compareObservations(sent, change(edit), ISSUER)).toEqual([]);
    expect(compareObservations(sent, change(edit))).toEqual([]);
  });
});

const without = (code: string) => (o: Observation) => {
  o.component = (o.component ?? []).filter((each) => each.code.coding?.[0]?.code !== code);
};

describe('it says what is lost when the server', () => {
  test.each<readonly [string, (stored: Observation) => void, readonly string[]]>([
    [
      'drops focus',
      (o) => {
        delete o.focus;
      },
      ['recommendation answered: not stored (Observation.focus)'],
    ],
    [
      'empties focus',
      (o) => {
        o.focus = [];
      },
      ['recommendation answered: not stored (Observation.focus)'],
    ],
    [
      'adds a second focus',
      (o) => {
        o.focus?.push({ reference: 'RiskAssessment/r2' });
      },
      ['recommendation answered: stored differently (Observation.focus)'],
    ],
    [
      'versions the focus',
      (o) => {
        o.focus = [{ ...o.focus?.[0], reference: 'RiskAssessment/r1/_history/2' }];
      },
      ['recommendation answered: stored differently (Observation.focus)'],
    ],
    [
      'points focus elsewhere',
      (o) => {
        o.focus = [{ ...o.focus?.[0], reference: 'RiskAssessment/r2' }];
      },
      ['recommendation answered: stored differently (Observation.focus)'],
    ],
    [
      'drops the focus identifier',
      (o) => {
        o.focus = [{ reference: 'RiskAssessment/r1' }];
      },
      ['recommendation answered: stored differently (Observation.focus)'],
    ],
    [
      'changes the answer',
      (o) => {
        o.valueCodeableConcept = { coding: [{ system: SYSTEM.response, code: 'accepted' }] };
      },
      ['answer: stored differently (Observation.valueCodeableConcept)'],
    ],
    [
      'drops the answer',
      (o) => {
        delete o.valueCodeableConcept;
      },
      ['answer: not stored (Observation.valueCodeableConcept)'],
    ],
    [
      'makes it preliminary',
      (o) => {
        o.status = 'preliminary';
      },
      ['status: stored differently (Observation.status)'],
    ],
    [
      'stores another patient',
      (o) => {
        o.subject = { reference: 'Patient/p2' };
      },
      ['patient: stored differently (Observation.subject)'],
    ],
    [
      'stores another clinician',
      (o) => {
        o.performer = [{ ...o.performer?.[0], reference: 'Practitioner/d2' }];
      },
      ['clinician: stored differently (Observation.performer)'],
    ],
    [
      'drops the clinician',
      (o) => {
        delete o.performer;
      },
      [
        'clinician: not stored (Observation.performer)',
        "clinician's role: not stored (Observation.performer.extension(event-performerFunction))",
      ],
    ],
    [
      'drops the role',
      (o) => {
        delete o.performer?.[0]?.extension;
      },
      [
        'clinician: stored differently (Observation.performer)',
        "clinician's role: not stored (Observation.performer.extension(event-performerFunction))",
      ],
    ],
    [
      'drops the comment',
      (o) => {
        delete o.note;
      },
      ['comment: not stored (Observation.note)'],
    ],
    [
      'cuts the comment',
      (o) => {
        if (o.note?.[0]) o.note[0].text = o.note[0].text.slice(0, 10);
      },
      ['comment: stored differently (Observation.note)'],
    ],
    [
      'drops the category',
      (o) => {
        delete o.category;
      },
      ['category: not stored (Observation.category)'],
    ],
    [
      'replaces the category',
      (o) => {
        o.category = [{ coding: [{ system: SYSTEM.observationCategory, code: 'vital-signs' }] }];
      },
      ['category: stored differently (Observation.category)'],
    ],
    [
      'drops the identifier',
      (o) => {
        delete o.identifier;
      },
      ['identifier: not stored (Observation.identifier)'],
    ],
    [
      'drops the encounter',
      (o) => {
        delete o.encounter;
      },
      ['encounter: not stored (Observation.encounter)'],
    ],
    [
      'keeps only the day',
      (o) => {
        o.effectiveDateTime = '2026-10-02';
      },
      ['time of the answer: stored differently (Observation.effectiveDateTime)'],
    ],
    [
      'shifts the time',
      (o) => {
        o.effectiveDateTime = '2026-10-02T10:15:00Z';
      },
      ['time of the answer: stored differently (Observation.effectiveDateTime)'],
    ],
    [
      'drops the labels',
      (o) => {
        delete o.meta;
      },
      ['security labels: not stored (Observation.meta.security)'],
    ],
    [
      'drops NOPAT',
      (o) => {
        o.meta?.security?.pop();
      },
      ['security labels: stored differently (Observation.meta.security)'],
    ],
    [
      'drops all components',
      (o) => {
        delete o.component;
      },
      [...new Set((sent.component ?? []).map((each) => each.code.coding?.[0]?.code))].map((code) =>
        expect.stringContaining(`not stored (Observation.component(${code}))`),
      ),
    ],
    [
      'drops one component',
      without('model-version'),
      ['version of the ai model: not stored (Observation.component(model-version))'],
    ],
    [
      'drops the second reason',
      (o) => {
        o.component?.splice(2, 1);
      },
      ['reason for the response: stored differently (Observation.component(override-reason))'],
    ],
    [
      'swaps the reasons',
      (o) => {
        const [version, first, second, ...rest] = o.component ?? [];
        if (version && first && second) o.component = [version, second, first, ...rest];
      },
      ['reason for the response: stored differently (Observation.component(override-reason))'],
    ],
    [
      'changes a quantity',
      (o) => {
        for (const each of o.component ?? []) if (each.valueQuantity) each.valueQuantity.value = 1;
      },
      [
        'probability shown: stored differently (Observation.component(shown-probability))',
        'visible time to response: stored differently (Observation.component(time-to-response))',
      ],
    ],
    [
      'drops the extensions',
      (o) => {
        delete o.extension;
      },
      [
        'place: not stored (Observation.extension(event-location))',
        'link to the earlier answer: not stored (Observation.extension(observation-replaces))',
        'what was done instead: not stored (Observation.extension(workflow-supportingInfo))',
      ],
    ],
    [
      'says that the value is missing',
      (o) => {
        o.dataAbsentReason = { text: 'unknown' };
      },
      [
        'dataAbsentReason: added by the server, it changes the meaning (Observation.dataAbsentReason)',
      ],
    ],
    [
      'names a device',
      (o) => {
        o.device = { reference: 'Device/ai' };
      },
      ['device: added by the server, it changes the meaning (Observation.device)'],
    ],
  ])('%s', (_, edit, lost) => {
    expect(compareObservations(sent, change(edit), ISSUER)).toEqual(lost);
  });

  test.each([[undefined], [null], ['x'], [[]], [{ resourceType: 'OperationOutcome' }]])(
    'answers %j',
    (stored) => {
      expect(compareObservations(sent, stored)).toEqual([
        'everything: what was stored is no Observation (Observation)',
      ]);
    },
  );

  test('points to another server', () => {
    const stored = change((o) => {
      o.subject = { reference: 'https://elsewhere.example.org/Patient/p1' };
    });
    expect(compareObservations(sent, stored, ISSUER)).toEqual([
      'patient: stored differently (Observation.subject)',
    ]);
  });

  test('never with a value in it: the list is shown and logged', () => {
    const lost = compareObservations(sent, { resourceType: 'Observation' }).join('\n');
    expect(lost).not.toMatch(/Lactate|p1|d1|r1|Ada/);
  });
});
