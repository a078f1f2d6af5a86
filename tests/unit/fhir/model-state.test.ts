import { describe, expect, test } from 'vitest';
import { SYSTEM } from '#src/fhir/codes.ts';
import { standingOf } from '#tests/support/standing.ts';
import { SERVER } from './sample.ts';

const NOW = Date.parse('2026-10-01T12:00:00Z');
const state = (code: string, more: object = {}) => ({
  resourceType: 'Observation',
  id: code,
  status: 'final',
  code: { coding: [{ system: SYSTEM.feedbackItem, code: 'model-state' }] },
  subject: { reference: 'Device/sepsis' },
  effectivePeriod: { start: '2026-09-01' },
  valueCodeableConcept: { coding: [{ system: SYSTEM.modelState, code }] },
  ...more,
});
const at = (...resources: readonly unknown[]) => standingOf(resources, SERVER, NOW).code;

describe('whose state it is', () => {
  test.each<[string, object, string]>([
    ['this model’s', {}, 'suspended'],
    [
      'this model’s, by absolute reference',
      { subject: { reference: `${SERVER}/Device/sepsis` } },
      'suspended',
    ],
    ['another model’s', { subject: { reference: 'Device/aki' } }, 'unknown'],
    [
      'of a model of the same name elsewhere',
      { subject: { reference: 'https://else.example.org/Device/sepsis' } },
      'unknown',
    ],
    ['nobody’s', { subject: undefined }, 'unknown'],
    [
      'no state at all',
      { code: { coding: [{ system: SYSTEM.feedbackItem, code: 'other' }] } },
      'unknown',
    ],
    ['no Observation', { resourceType: 'Basic' }, 'unknown'],
    [
      'in a code system that is not ours',
      { valueCodeableConcept: { coding: [{ system: 'urn:x', code: 'active' }] } },
      'unread',
    ],
    [
      'ours beside another',
      {
        valueCodeableConcept: {
          coding: [
            { system: 'urn:x', code: 'active' },
            { system: SYSTEM.modelState, code: 'suspended' },
          ],
        },
      },
      'suspended',
    ],
    [
      'a word that is none',
      { valueCodeableConcept: { coding: [{ system: SYSTEM.modelState, code: 'asleep' }] } },
      'unread',
    ],
    ['no value', { valueCodeableConcept: undefined }, 'unread'],
  ])('%s', (_what, more, expected) => {
    expect(at(state('suspended', more))).toBe(expected);
  });

  test.each(['entered-in-error', 'cancelled', 'registered', 'preliminary'])(
    '%s: does not count',
    (status) => {
      expect(at(state('suspended', { status }))).toBe('unknown');
    },
  );
});

describe('which of several', () => {
  test('at the same start, the one written last', () => {
    const first = state('active', { meta: { lastUpdated: '2026-09-01T08:00:00Z' } });
    const last = state('suspended', { meta: { lastUpdated: '2026-09-01T09:00:00Z' } });
    expect([at(first, last), at(last, first)]).toEqual(['suspended', 'suspended']);
  });

  test('one that says when it was written, before one that does not', () => {
    const silent = state('active');
    const told = state('suspended', { meta: { lastUpdated: '2026-09-01T09:00:00Z' } });
    expect([at(silent, told), at(told, silent)]).toEqual(['suspended', 'suspended']);
  });

  test('one without a start is older than any with one', () => {
    const always = state('active', { effectivePeriod: { end: '2027-01-01' } });
    expect(at(always)).toBe('active');
    expect([at(always, state('suspended')), at(state('suspended'), always)]).toEqual([
      'suspended',
      'suspended',
    ]);
  });

  test('to the moment: it begins with its start and lasts to its end', () => {
    const moment = '2026-10-01T12:00:00Z';
    expect(at(state('suspended', { effectivePeriod: { start: moment } }))).toBe('suspended');
    expect(at(state('suspended', { effectivePeriod: { end: moment } }))).toBe('suspended');
    expect(at(state('active', { effectivePeriod: { start: '2026-10-01T12:00:01Z' } }))).toBe(
      'silent',
    );
    expect(at(state('suspended', { effectivePeriod: { end: '2026-10-01T11:59:58Z' } }))).toBe(
      'expired',
    );
  });
});
