import { expect, test } from 'vitest';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import { readDecisions } from '#src/state/dashboard/decisions.ts';
import { leanAnswer } from '#tests/unit/fhir-feedback/answers.ts';
import { makeDeps, SERVER } from './deps.ts';

const ITEM = { ...leanAnswer, issuer: SERVER };
const SUNDAY_NIGHT_IN_CHICAGO = '2026-11-22T22:29:03-06:00';

test.each([
  ['America/Chicago', '2026-11-16', '2026-11-22', 1],
  ['America/Chicago', '2026-11-23', '2026-11-29', 0],
  ['UTC', '2026-11-16', '2026-11-22', 0],
  ['UTC', '2026-11-23', '2026-11-29', 1],
  ['America/Chicago', '2026-10-26', '2026-11-22', 1],
])(
  'an answer stands behind the week of its site: %s, %s to %s',
  async (timeZone, from, until, n) => {
    const resource = toObservation(
      { ...ITEM, answeredAt: SUNDAY_NIGHT_IN_CHICAGO },
      { hideFromPatient: false, hospitalStore: true },
    );
    // A server that knows moments alone: whatever it is asked for, it must ask widely enough.
    const respond = (request: Request): Response => {
      const [ge, lt] = new URL(request.url).searchParams.getAll('date');
      const at = Date.parse(SUNDAY_NIGHT_IN_CHICAGO);
      const within = Date.parse(ge?.slice(2) ?? '') <= at && at < Date.parse(lt?.slice(2) ?? '');
      const entry = within ? [{ resource: { ...resource, id: 'o1' } }] : [];
      return Response.json({ resourceType: 'Bundle', type: 'searchset', entry });
    };
    const { deps } = makeDeps({ respond });
    const { rows } = await readDecisions({ ...deps, timeZone }, { from, until }, {}, {});
    expect(rows).toHaveLength(n);
  },
);
