import type { Bundle } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectOutcome, ids, observation, signedIn } from './client.ts';
import { HOSTS, type Running } from './harness.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe.each(HOSTS)('search, hosted as $name', ({ start }) => {
  let running: Running;
  let ehr: Awaited<ReturnType<typeof signedIn>>;
  beforeEach(async () => {
    running = await start();
    ehr = await signedIn(running);
    const put = (id: string, changes: object) =>
      running.sandbox.put({ ...observation(id), id, ...changes });
    put('a', { effectiveDateTime: '2026-03-01T10:00:00Z' });
    running.clock.advance(3_600_000);
    put('b', { effectiveDateTime: '2026-03-02T10:00:00Z', status: 'entered-in-error' });
    put('c', { effectiveDateTime: '2026-03-03', subject: { reference: 'Patient/p2' } });
  });
  afterEach(() => running.stop());

  it.each([
    ['_id=a,b', ['a', 'b']],
    ['patient=p1&code=answer', ['a', 'b']],
    ['patient=Patient/p1&code=http://example.org/codes|answer', ['a', 'b']],
    ['subject=Patient/p2&code=answer', ['c']],
    ['patient:Patient=p2&code=answer', ['c']],
    ['code=http://other.org|answer', []],
    ['code=http://example.org/codes|', ['a', 'b', 'c']],
    ['code=|answer', []],
    ['code=answer&code=other', []],
    ['identifier=urn:ietf:rfc:3986|urn:uuid:b', ['b']],
    ['identifier=urn:uuid:b', ['b']],
    ['status=entered-in-error', ['b']],
    ['code=answer&status:not=entered-in-error', ['a', 'c']],
    ['focus=RiskAssessment/risk-p1&patient=p2', ['c']],
    ['focus=risk-p1&date=ge2026-03-03', ['c']],
    ['code=answer&date=2026-03-02', ['b']],
    ['code=answer&date=ge2026-03-02', ['b', 'c']],
    ['code=answer&date=gt2026-03-02', ['c']],
    ['code=answer&date=lt2026-03-02', ['a']],
    ['code=answer&date=le2026-03-02', ['a', 'b']],
    ['code=answer&date=ge2026-03-01T10:00:00Z&date=lt2026-03-03', ['a', 'b']],
    ['code=answer&_lastUpdated=gt2026-03-02T08:30:00Z', ['b', 'c']],
    ['code=answer&encounter:missing=true', ['a', 'b', 'c']],
    ['category=laboratory', ['lactate-p1', 'lactate-p2']],
    ['_tag=HTEST', ['lactate-p1', 'lactate-p2']],
    ['value-quantity=gt3.5', ['lactate-p2']],
    ['code=answer&_sort=-date', ['c', 'b', 'a']],
    ['code=answer&_sort=status,-date', ['b', 'c', 'a']],
  ])('Observation?%s', async (query, expected) => {
    const found = ids(await ehr.bundle(`Observation?${query}`));
    expect(query.includes('_sort') ? found : found.toSorted()).toEqual(expected);
  });

  it.each([
    ['RiskAssessment?_security=AIAST&patient=p1', ['risk-p1']],
    ['RiskAssessment?performer=Device/sepsis-model&_sort=-date', ['risk-p1', 'risk-p2']],
    ['Patient?name=riv', ['p1']],
    ['Patient?family:exact=Novak', ['p2']],
    ['Patient?birthdate=1958', ['p1', 'p2']],
    ['Encounter?patient=p1&status=in-progress', ['enc-p1']],
    ['Encounter?location=Location/ward', ['enc-p1', 'enc-p2']],
    ['Device?identifier=urn:example:models|sepsis', ['sepsis-model']],
    ['Practitioner?name=ada', ['ada']],
    ['Condition?patient=p1', []],
    ['MedicationRequest?patient=p1&status=active&intent=proposal', []],
    ['DetectedIssue?patient=p1', []],
    ['GuidanceResponse?patient=p1', []],
    ['Provenance?target=Observation/a', []],
    ['AuditEvent?date=ge2026', []],
  ])('%s', async (query, expected) => {
    expect(ids(await ehr.bundle(query))).toEqual(expected);
  });

  it('knows its own absolute references', async () => {
    const query = `subject=${encodeURIComponent(`${running.url}/fhir/Patient/p2`)}&code=answer`;
    expect(ids(await ehr.bundle(`Observation?${query}`))).toEqual(['c']);
  });

  it('sees a change at once', async () => {
    running.sandbox.put({ ...observation('a'), id: 'a', status: 'entered-in-error' });
    expect(ids(await ehr.bundle('Observation?status=entered-in-error')).toSorted()).toEqual([
      'a',
      'b',
    ]);
  });

  it('by POST, so that no identifier stands in a URL', async () => {
    const response = await ehr.post(
      'Observation/_search',
      'identifier=urn%3Auuid%3Aa&patient=p1',
      FORM,
    );
    expect(ids((await response.json()) as Bundle)).toEqual(['a']);
    expect(running.sandbox.requests().at(-1)?.path).toBe('/fhir/Observation/_search');
  });

  it('pages on opaque links of the same origin, unmoved by writes between', async () => {
    const seen: string[] = [];
    let page = await ehr.bundle('Observation?code=answer&_sort=date&_count=2');
    expect(page).toMatchObject({ type: 'searchset', total: 3 });
    running.sandbox.put({ ...observation('z'), id: 'z', effectiveDateTime: '2020-01-01' });
    for (;;) {
      seen.push(...ids(page));
      const next = page.link?.find(({ relation }) => relation === 'next')?.url;
      if (next === undefined) break;
      expect(next.startsWith(`${running.url}/fhir/`)).toBe(true);
      expect(next).not.toContain('code');
      page = await ehr.bundle(next.slice(`${running.url}/fhir/`.length));
    }
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('counts', async () => {
    const bundle = await ehr.bundle('Observation?code=answer&_summary=count');
    expect(bundle).toMatchObject({ total: 3, entry: [] });
  });

  it('includes what is referred to, and what refers', async () => {
    const forth = await ehr.bundle(
      'RiskAssessment?patient=p1&_include=RiskAssessment:performer&_include=RiskAssessment:encounter',
    );
    const modes = forth.entry?.map(({ resource, search }) => [
      resource?.resourceType,
      search?.mode,
    ]);
    expect(modes).toEqual([
      ['RiskAssessment', 'match'],
      ['Device', 'include'],
      ['Encounter', 'include'],
    ]);
    expect(forth.total).toBe(1);
    const back = await ehr.bundle('RiskAssessment?_id=risk-p1&_revinclude=Observation:focus');
    expect(back.entry?.map(({ resource }) => resource?.id)).toEqual(['risk-p1', 'a', 'b', 'c']);
  });

  it('ignores an unknown parameter, says so, and leaves it out of self', async () => {
    const bundle = await ehr.bundle('Observation?code=answer&colour=red');
    expect(ids(bundle)).toHaveLength(3);
    expect(bundle.link?.find(({ relation }) => relation === 'self')?.url).not.toContain('colour');
    const outcome = bundle.entry?.find(({ search }) => search?.mode === 'outcome')?.resource;
    expect(JSON.stringify(outcome)).toContain('colour');
  });

  it('refuses an unknown parameter when asked to be strict', async () => {
    const path = 'Observation?code=answer&colour=red';
    await expectOutcome(await ehr.get(path, { prefer: 'handling=strict' }), 400);
  });
});
