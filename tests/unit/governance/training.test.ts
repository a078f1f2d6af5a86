import { describe, expect, it } from 'vitest';
import { isTrained, needsTraining, trainingFor } from '#src/domain/governance/feedback/training.ts';
import {
  readTraining,
  readTrainingDone,
  toTrainingTask,
} from '#src/fhir/governance/training.fhir.ts';
import { toJsonLibrary } from '#src/fhir/json-library.fhir.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';

const SERVER = 'https://registry.example.org/fhir';
const MODEL = {
  name: 'Sepsis early warning',
  ref: { server: SERVER, type: 'Device', id: 'm1' },
  identifier: { system: 'urn:models', value: 'sepsis-3.1.0' },
  version: '3.1.0',
} as const;

const CASE = { story: 'A story', options: ['one', 'two'], right: 1, why: 'Because' };
const library = (content: Readonly<Record<string, unknown>>) =>
  toJsonLibrary({
    id: 'training-m1',
    name: 'ModelTraining',
    title: 'Training',
    asOf: '2026-11-01T00:00:00Z',
    content: { model: 'sepsis-3.1.0', version: '3.1.0', cases: [CASE, CASE, CASE], ...content },
  });

describe('a training', () => {
  it('is read whole or not at all', () => {
    expect(readTraining(library({}))?.cases).toHaveLength(3);
    for (const cases of [
      [CASE, CASE],
      [CASE, CASE, { ...CASE, right: 2 }],
      [CASE, CASE, { ...CASE, options: ['one'], right: 0 }],
      [CASE, CASE, { ...CASE, why: '' }],
    ])
      expect(readTraining(library({ cases })), JSON.stringify(cases)).toBeUndefined();
    expect(readTraining({ ...library({}), status: 'retired' })).toBeUndefined();
    expect(readTraining({ ...library({}), name: 'RolloutPlan' })).toBeUndefined();
  });

  it('is for its version; without one, for every version of that identifier', () => {
    const all = [library({}), library({ version: undefined })].flatMap(
      (one) => readTraining(one) ?? [],
    );
    const [own, any] = all;
    expect(trainingFor(all, MODEL)).toBe(own);
    expect(trainingFor(all, { ...MODEL, version: '3.2.0' })).toBe(any);
    expect(trainingFor(all, { ...MODEL, identifier: { value: 'other' } })).toBeUndefined();
  });

  it.each<[readonly string[], boolean]>([
    [[], false],
    [['*'], true],
    [['sepsis-3.1.0'], true],
    [['Device/m1'], true],
    [['sepsis-3.2.0', 'Device/m2', 'Sepsis early warning'], false],
  ])('%j asks for it: %s', (required, asked) => {
    expect(needsTraining(required, MODEL)).toBe(asked);
  });
});

describe('a training that was done', () => {
  const act = {
    id: 'urn:uuid:0f5e7a3c-9a51-4d7e-8c66-0a4c8a1d2b11',
    model: MODEL,
    by: 'Practitioner/c',
    at: '2026-11-22T10:00:00+00:00',
    rightAtOnce: 2,
  };
  const read = (task: object) => readTrainingDone({ ...task, id: 't1' }, SERVER);

  it('counts for that version on that server, and by its identifier on another', () => {
    const task = toTrainingTask(act, SERVER);
    expectValid(task);
    const done = [read(task)].flatMap((one) => one ?? []);
    expect(isTrained(done, MODEL)).toBe(true);
    const elsewhere = { ...MODEL, ref: { ...MODEL.ref, server: 'https://ehr.example.org' } };
    expect(isTrained(done, elsewhere)).toBe(true);
    const next = { ref: { ...MODEL.ref, id: 'm2' }, identifier: { value: 'sepsis-3.2.0' } };
    expect(isTrained(done, { ...next, version: '3.2.0' })).toBe(false);
    // One identifier for all versions is not enough.
    expect(isTrained(done, { ...elsewhere, version: '3.2.0' })).toBe(false);
  });

  it('names a Device of another server by its identifier alone', () => {
    const task = toTrainingTask(act, 'https://store.example.org');
    expectValid(task);
    expect(task.focus?.reference).toBeUndefined();
    expect(task.focus?.identifier?.value).toBe('sepsis-3.1.0');
    expect(
      isTrained(
        [read(task)].flatMap((one) => one ?? []),
        MODEL,
      ),
    ).toBe(true);
  });

  it('counts only when it is completed, and a training', () => {
    const task = toTrainingTask(act, SERVER);
    expect(read({ ...task, status: 'in-progress' })).toBeUndefined();
    expect(read({ ...task, code: { text: 'training' } })).toBeUndefined();
  });
});
