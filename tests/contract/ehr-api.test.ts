import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  authorize,
  authorizeParameters,
  CLIENT,
  codeForm,
  exchange,
  fhir,
  signedIn,
} from './client.ts';
import { APP, HOSTS, type Running, START } from './harness.ts';

describe.each(HOSTS)('what the EHR page needs, hosted as $name', ({ start }) => {
  let running: Running;
  beforeEach(async () => {
    running = await start();
  });
  afterEach(() => running.stop());

  const post = (path: string, body: unknown) =>
    running.send(path, { method: 'POST', body: JSON.stringify(body) });

  it('tells who may sign in, and where the app is', async () => {
    expect(await (await running.send('/ehr/state')).json()).toMatchObject({
      scenario: { name: 'minimal' },
      now: START,
      vendor: 'strict',
      fhirBase: `${running.url}/fhir`,
      clinicians: [{ practitionerId: 'ada' }, { practitionerId: 'ben' }],
      units: [{ locationId: 'ward', name: 'Ward 1' }],
      clients: [{ id: CLIENT, launchUrl: `${APP}/launch.html` }],
    });
  });

  it('signs a clinician in, and nobody else', async () => {
    expect((await (await signedIn(running)).get('Patient')).status).toBe(200);
    for (const body of [{ practitionerId: 'mallory' }, {}, null]) {
      expect((await post('/ehr/sign-in', body)).status).toBe(400);
    }
  });

  it('makes a launch that the app can follow', async () => {
    const response = await post('/ehr/launches', {
      clientId: CLIENT,
      user: 'ada',
      patient: 'p1',
      encounter: 'enc-p1',
      needPatientBanner: false,
      fhirContext: [{ reference: 'RiskAssessment/risk-p1' }],
    });
    expect(response.status).toBe(201);
    const { launch, launchUrl } = await response.json();
    const url = new URL(launchUrl);
    expect(url.origin + url.pathname).toBe(`${APP}/launch.html`);
    expect(Object.fromEntries(url.searchParams)).toEqual({ iss: `${running.url}/fhir`, launch });
    const target = await authorize(running, authorizeParameters(running, { launch }));
    const tokens = await (
      await exchange(running, codeForm(target.searchParams.get('code') ?? ''))
    ).json();
    expect(tokens).toMatchObject({ patient: 'p1', need_patient_banner: false });
  });

  it.each([
    ['an unknown client', { clientId: 'stranger', user: 'ada' }],
    ['an unknown user', { clientId: CLIENT, user: 'mallory' }],
    ['a context that is no list', { clientId: CLIENT, user: 'ada', fhirContext: {} }],
    ['nothing', undefined],
  ])('makes no launch for %s', async (_name, body) => {
    expect((await post('/ehr/launches', body)).status).toBe(400);
  });

  it('standalone: asks who and whose, on a page without script', async () => {
    const parameters = authorizeParameters(running, {
      scope: 'launch/patient patient/*.rs',
      state: '<s>"',
    });
    const page = await running.send(`/auth/authorize?${parameters}`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('Ada Okafor');
    expect(html).toContain('<option value="p2">Sam Novak</option>');
    expect(html).not.toMatch(/<script/i);
    expect(html).toContain('value="&lt;s&gt;&quot;"');
    parameters.set('sandbox_user', 'ben');
    parameters.set('sandbox_patient', 'p2');
    const target = await authorize(running, parameters);
    expect(target.searchParams.get('state')).toBe('<s>"');
    const tokens = await (
      await exchange(running, codeForm(target.searchParams.get('code') ?? ''))
    ).json();
    expect(tokens.patient).toBe('p2');
    expect((await fhir(running, tokens.access_token).get('Patient/p2')).status).toBe(200);
  });

  it('standalone without a patient', async () => {
    const parameters = authorizeParameters(running, { scope: 'user/*.rs' });
    parameters.set('sandbox_user', 'ben');
    parameters.set('sandbox_patient', '');
    const target = await authorize(running, parameters);
    const tokens = await (
      await exchange(running, codeForm(target.searchParams.get('code') ?? ''))
    ).json();
    expect(tokens).not.toHaveProperty('patient');
  });

  it('goes back to the beginning', async () => {
    const ehr = await signedIn(running);
    await ehr.send('DELETE', 'Observation/lactate-p1');
    running.sandbox.faults.add({ effect: { kind: 'offline' } });
    running.sandbox.reset();
    expect((await ehr.get('Patient')).status).toBe(401);
    expect((await (await signedIn(running)).get('Observation/lactate-p1')).status).toBe(200);
  });
});
