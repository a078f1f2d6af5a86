import { describe, expect, it } from 'vitest';
import { readPatient } from '#mocks/ehr/readers/patient.ts';
import { type Desk, deskReducer, EMPTY_DESK, MAX_CHARTS } from '#mocks/ehr/session.tsx';

const chart = (id: string) => ({
  patient: readPatient({ id, name: [{ family: id }] }, 0),
  encounter: undefined,
  similarName: false,
});
const open = (desk: Desk, ...ids: readonly string[]): Desk =>
  ids.reduce((before, id) => deskReducer(before, { type: 'open', chart: chart(id) }), desk);
const ids = (desk: Desk) => desk.charts.map((one) => one.patient.id);

describe('the desk', () => {
  it('opens each patient once', () => {
    const desk = open(EMPTY_DESK, 'a', 'b', 'a');
    expect([ids(desk), desk.active]).toEqual([['a', 'b'], 'a']);
  });

  it('refuses one chart too many, by name, and closes none by itself', () => {
    const desk = open(EMPTY_DESK, 'a', 'b', 'c', 'd', 'e');
    expect(ids(desk)).toHaveLength(MAX_CHARTS);
    expect([desk.active, desk.refused?.name]).toEqual(['d', 'e']);
    const closed = deskReducer(desk, { type: 'close', patientId: 'a' });
    expect([ids(closed), closed.refused]).toEqual([['b', 'c', 'd'], undefined]);
  });

  it('goes back to the list when the chart on the screen is closed, never to another patient', () => {
    const desk = deskReducer(open(EMPTY_DESK, 'a', 'b'), { type: 'close', patientId: 'b' });
    expect([ids(desk), desk.active]).toEqual([['a'], undefined]);
  });
});
