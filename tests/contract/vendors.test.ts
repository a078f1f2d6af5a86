import type { DocumentReference, Observation, OperationOutcome } from 'fhir/r4';
import { afterEach, describe, expect, it } from 'vitest';
import { FLOWSHEET } from '#mocks/vendors/epic-flowsheet.ts';
import type { VendorName } from '#mocks/vendors/profile.ts';
import {
  authorize,
  authorizeParameters,
  CLIENT,
  codeFor,
  codeForm,
  exchange,
  expectOutcome,
  ids,
  newLaunch,
  observation,
  signedIn,
  tokensFor,
} from './client.ts';
import { APP, HOSTS, type Running } from './harness.ts';

const category = (code: string): Partial<Observation> => ({
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] },
  ],
});
const key = { 'if-none-exist': 'identifier=urn:uuid:a' };

const note: DocumentReference = {
  resourceType: 'DocumentReference',
  status: 'current',
  docStatus: 'final',
  type: { coding: [{ system: 'http://loinc.org', code: '34109-9' }] },
  subject: { reference: 'Patient/p1' },
  author: [{ reference: 'Practitioner/ada' }],
  content: [{ attachment: { contentType: 'text/plain;charset=utf-8', data: 'YQ==' } }],
  context: {
    encounter: [{ reference: 'Encounter/enc-p1' }],
    period: { end: '2026-03-02T08:00:00Z' },
  },
};

const withAttachment = (attachment: object): DocumentReference => ({
  ...note,
  content: [{ attachment }],
});

const { component: _component, focus: _focus, ...bare } = observation('a');
const row: Observation = {
  ...bare,
  ...category('vital-signs'),
  code: { coding: [{ system: FLOWSHEET.system, code: FLOWSHEET.decision }] },
  encounter: { reference: 'Encounter/enc-p1' },
  valueString: 'Overridden',
};
const lab: Observation = { ...bare, ...category('laboratory'), valueString: 'Overridden' };
const vital: Observation = {
  ...bare,
  ...category('vital-signs'),
  performer: [{ reference: 'Practitioner/ada' }],
  valueQuantity: { value: 71, unit: '/min' },
};

const coded = (code: string) => ({ coding: [{ system: FLOWSHEET.system, code }] });

const codeOf = ({ issue }: OperationOutcome) => issue[0]?.details?.coding?.[0]?.code;

function without<T extends object>(resource: T, field: keyof T): T {
  const { [field]: _gone, ...rest } = resource;
  return rest as T;
}

function twoCategories(resource: Observation): Observation {
  const both = ['laboratory', 'vital-signs'].flatMap((code) => category(code).category ?? []);
  return { ...resource, category: both };
}

function mixed(): Observation['code'] {
  const own = 'https://fhir.cerner.com/ec2458f2-1e24-41c8-b71b-0e701af7583d/codeSet/72';
  return {
    coding: [
      { system: 'http://loinc.org', code: '2524-7' },
      { system: own, code: '1' },
    ],
  };
}

describe.each(HOSTS)('vendors, hosted as $name', ({ start }) => {
  let running: Running;
  afterEach(() => running.stop());

  async function vendor(name: VendorName) {
    running = await start({ vendor: name });
    return signedIn(running);
  }

  it('strict keeps everything', async () => {
    const ehr = await vendor('strict');
    const stored = await (await ehr.post('Observation', observation('a'))).json();
    expect(stored).toMatchObject(observation('a'));
  });

  it('lossy answers 201 and forgets focus and component', async () => {
    const ehr = await vendor('lossy');
    const response = await ehr.post('Observation', observation('a'));
    expect(response.status).toBe(201);
    const stored = await response.json();
    expect(stored).not.toHaveProperty('focus');
    expect(stored).not.toHaveProperty('component');
    expect(stored).toHaveProperty('identifier');
  });

  it.each(['epic', 'oracle'] as const)('%s announces what it offers', async (name) => {
    const ehr = await vendor(name);
    const { rest } = await (await ehr.get('metadata')).json();
    const writable = rest[0].resource
      .filter((one: { interaction: { code: string }[] }) =>
        one.interaction.some(({ code }) => code === 'create'),
      )
      .map(({ type }: { type: string }) => type);
    expect(writable).toContain('Observation');
    expect(writable).not.toContain('Provenance');
    expect(rest[0].interaction).toEqual([]);
  });
});

describe.each(HOSTS)('epic, hosted as $name', ({ start }) => {
  let running: Running;
  afterEach(() => running.stop());

  async function epic() {
    running = await start({ vendor: 'epic' });
    return signedIn(running);
  }

  it('has no API for anything but vital signs and notes: 403, and not a word', async () => {
    const ehr = await epic();
    const risk = running.sandbox.read('RiskAssessment', 'risk-p1');
    const bundle = { resourceType: 'Bundle', type: 'batch', entry: [] };
    const answers = [
      await ehr.post('Observation', observation('a')),
      await ehr.post('Observation', lab),
      await ehr.post('RiskAssessment', risk),
      await ehr.put('Patient/p1', running.sandbox.read('Patient', 'p1')),
      await ehr.send('PATCH', 'Patient/p1', [], { 'content-type': 'application/json-patch+json' }),
      await ehr.send('DELETE', 'Patient/p1'),
      await ehr.post('', bundle),
    ];
    for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([403, '']);
  });

  it('files a flowsheet row: 201 without a body, which says where it is', async () => {
    const ehr = await epic();
    const response = await ehr.post('Observation', { ...row, focus: observation('a').focus }, key);
    expect([response.status, await response.text()]).toEqual([201, '']);
    const id = /Observation\/([^/]+)/.exec(response.headers.get('location') ?? '')?.[1];
    const stored = await (await ehr.get(`Observation/${id}`)).json();
    expect(stored).toMatchObject({ valueString: 'Overridden', code: row.code });
    expect(Object.keys(stored)).not.toContain('focus');
    expect(Object.keys(stored)).not.toContain('identifier');
    const code = `${FLOWSHEET.system}|${FLOWSHEET.decision}`;
    expect(ids(await ehr.bundle(`Observation?patient=p1&code=${code}`))).toEqual([id]);
  });

  it('gives it back where that is asked for', async () => {
    const ehr = await epic();
    const response = await ehr.post('Observation', row, { prefer: 'return=representation' });
    expect(await response.json()).toMatchObject({ valueString: 'Overridden' });
  });

  it('refuses a second reading of a row at one instant by its own code, condition or not', async () => {
    const ehr = await epic();
    await ehr.post('Observation', row, key);
    const again = { ...row, effectiveDateTime: '2026-03-02T10:00:00+02:00', valueString: 'Other' };
    const outcome = await expectOutcome(await ehr.post('Observation', again, key), 400);
    expect(codeOf(outcome)).toBe('59189');
    expect(outcome.issue[0]?.details?.text).toBe('Reading already exists');
    const later = { ...row, effectiveDateTime: '2026-03-02T08:00:01Z' };
    expect((await ehr.post('Observation', later)).status).toBe(201);
    const other = { ...row, code: coded(FLOWSHEET.reason) };
    expect((await ehr.post('Observation', other)).status).toBe(201);
  });

  it.each<[string, Observation]>([
    ['a status other than final', { ...row, status: 'amended' }],
    ['no encounter', without(row, 'encounter')],
    ['an encounter that nobody knows', { ...row, encounter: { reference: 'Encounter/none' } }],
    ['an encounter of somebody else', { ...row, encounter: { reference: 'Encounter/enc-p2' } }],
    ['a row that the site did not build', { ...row, code: coded('not-a-row') }],
    ['two codings', { ...row, code: { coding: [...coded(FLOWSHEET.decision).coding, {}] } }],
    ['no value', without(row, 'valueString')],
    ['no time', without(row, 'effectiveDateTime')],
    ['a note of 255 characters', { ...row, note: [{ text: 'x'.repeat(255) }] }],
    ['a modifier', { ...row, modifierExtension: [{ url: 'urn:m', valueBoolean: true }] }],
  ])('refuses a row with %s', async (_what, resource) => {
    await expectOutcome(await (await epic()).post('Observation', resource), 400);
  });

  it('refuses a row in an encounter that is over, and takes a note of 254 characters', async () => {
    const ehr = await epic();
    const encounter = running.sandbox.read('Encounter', 'enc-p1');
    const noted = { ...row, note: [{ text: 'x'.repeat(254) }] };
    expect((await ehr.post('Observation', noted)).status).toBe(201);
    running.sandbox.put({ ...encounter, status: 'finished' } as never);
    const later = { ...row, effectiveDateTime: '2026-03-02T09:00:00Z' };
    await expectOutcome(await ehr.post('Observation', later), 400);
  });

  it('takes a clinical note, signed or as a draft, with its first attachment; a replay is a second note', async () => {
    const ehr = await epic();
    const two = { ...note, content: [...note.content, ...note.content] };
    expect((await ehr.post('DocumentReference', two, key)).status).toBe(201);
    expect((await ehr.post('DocumentReference', two, key)).status).toBe(201);
    const draft = { ...note, docStatus: 'preliminary' };
    expect((await ehr.post('DocumentReference', draft)).status).toBe(201);
    const filed = running.sandbox.list('DocumentReference');
    expect(filed.map(({ content }) => content.length)).toEqual([1, 1, 1]);
  });

  it.each<[string, DocumentReference]>([
    ['no encounter', { ...note, context: {} }],
    ['no docStatus', without(note, 'docStatus')],
    ['a page', withAttachment({ contentType: 'text/html', data: 'YQ==' })],
    ['a link in place of its text', withAttachment({ contentType: 'text/plain', url: 'urn:n' })],
  ])('refuses a note with %s', async (_what, resource) => {
    await expectOutcome(await (await epic()).post('DocumentReference', resource), 400);
  });

  it('opens the app once with a launch', async () => {
    await epic();
    const launch = newLaunch(running);
    expect(await codeFor(running, { launch })).not.toBe('');
    const again = await authorize(running, authorizeParameters(running, { launch }));
    expect(again.searchParams.get('error')).toBe('invalid_request');
  });

  it('says need_patient_banner in words, gives no refresh token, and names the user elsewhere', async () => {
    await epic();
    const tokens = await tokensFor(running);
    expect(tokens).toMatchObject({ need_patient_banner: 'true', expires_in: 3240 });
    expect(tokens).not.toHaveProperty('refresh_token');
    const { fhirUser } = JSON.parse(atob(tokens.id_token?.split('.')[1] ?? ''));
    expect(fhirUser).toBe(`${running.url}/interconnect-fhir-oauth/api/FHIR/R4/Practitioner/ada`);
    expect(fhirUser.startsWith(`${running.url}/fhir/`)).toBe(false);
  });
});

describe.each(HOSTS)('oracle, hosted as $name', ({ start }) => {
  let running: Running;
  afterEach(() => running.stop());

  async function oracle() {
    running = await start({ vendor: 'oracle' });
    return signedIn(running);
  }

  it.each<[string, Observation]>([
    ['no category', bare],
    ['another category', { ...lab, ...category('survey') }],
    ['two categories', twoCategories(lab)],
    ['imaging of another kind', { ...lab, ...category('imaging') }],
    ['a status that is not final', { ...lab, status: 'preliminary' }],
    ['a day for a time', { ...lab, effectiveDateTime: '2026-03-02' }],
    ['codes of two worlds', { ...lab, code: mixed() }],
    ['no value', without(lab, 'valueString')],
    ['words for a vital sign', { ...without(vital, 'valueQuantity'), valueString: 'Overridden' }],
    ['no performer of a vital sign', without(vital, 'performer')],
    ['a modifier', { ...lab, modifierExtension: [{ url: 'urn:m', valueBoolean: true }] }],
  ])('refuses an Observation with %s', async (_what, resource) => {
    await expectOutcome(await (await oracle()).post('Observation', resource), 422);
  });

  it('ignores what it does not support, and says nothing of it', async () => {
    const ehr = await oracle();
    const full = { ...lab, focus: observation('a').focus, component: observation('a').component };
    const response = await ehr.post('Observation', full, key);
    expect([response.status, await response.text()]).toEqual([201, '']);
    expect((await ehr.post('Observation', vital)).status).toBe(201);
    const [kept] = running.sandbox.list('Observation').filter(({ valueString }) => valueString);
    expect(kept).toMatchObject({ valueString: 'Overridden' });
    for (const lost of ['focus', 'component', 'identifier']) expect(kept).not.toHaveProperty(lost);
  });

  it('updates what is current', async () => {
    const ehr = await oracle();
    const posted = await ehr.post('Observation', lab, { prefer: 'return=representation' });
    const stored = (await posted.json()) as Observation;
    const corrected = { ...stored, status: 'corrected' };
    const stale = { 'if-match': 'W/"7"' };
    await expectOutcome(await ehr.put(`Observation/${stored.id}`, corrected, stale), 412);
    const current = { 'if-match': 'W/"1"' };
    expect((await ehr.put(`Observation/${stored.id}`, corrected, current)).status).toBe(200);
  });

  it('takes a document, and offers nothing else', async () => {
    const ehr = await oracle();
    expect((await ehr.post('DocumentReference', note)).status).toBe(201);
    await expectOutcome(
      await ehr.post('RiskAssessment', running.sandbox.read('RiskAssessment', 'risk-p1')),
      403,
    );
    await expectOutcome(await ehr.send('DELETE', 'Patient/p1'), 403);
  });

  it.each<[string, DocumentReference]>([
    ['a draft', { ...note, docStatus: 'preliminary' }],
    ['two authors', { ...note, author: [...(note.author ?? []), ...(note.author ?? [])] }],
    ['an author who is not signed in', { ...note, author: [{ reference: 'Practitioner/ben' }] }],
    ['no type with a code', { ...note, type: { text: 'Note' } }],
    ['two attachments', { ...note, content: [...note.content, ...note.content] }],
    ['another charset', withAttachment({ contentType: 'text/plain', data: 'YQ==' })],
    ['a picture', withAttachment({ contentType: 'image/png', data: 'YQ==' })],
    ['no end', { ...note, context: {} }],
    ['a day for an end', { ...note, context: { period: { end: '2026-03-02' } } }],
  ])('refuses %s', async (_what, resource) => {
    await expectOutcome(await (await oracle()).post('DocumentReference', resource), 422);
  });

  it('takes a message from a Practitioner to Practitioners', async () => {
    const ehr = await oracle();
    const message = {
      resourceType: 'Communication',
      status: 'completed',
      category: [{ coding: [{ code: 'notification' }] }],
      sender: { reference: 'Practitioner/ada' },
      recipient: [{ reference: 'Practitioner/ben' }],
    };
    expect((await ehr.post('Communication', message)).status).toBe(201);
    const toPatient = { ...message, recipient: [{ reference: 'Patient/p1' }] };
    await expectOutcome(await ehr.post('Communication', toPatient), 422);
  });

  it('grants no scope for every type', async () => {
    await oracle();
    const scope = 'launch openid patient/*.rs user/*.read patient/Patient.read';
    const tokens = await tokensFor(running, { scope });
    expect(tokens.scope).toBe('launch openid patient/Patient.read');
  });

  it('gives 570 s, and a refresh token that stays and works once a minute', async () => {
    await oracle();
    const tokens = await tokensFor(running);
    expect(tokens.expires_in).toBe(570);
    const refresh = () =>
      exchange(running, {
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh_token ?? '',
        client_id: CLIENT,
      });
    expect((await (await refresh()).json()).refresh_token).toBe(tokens.refresh_token);
    running.clock.advance(20_000);
    const early = await refresh();
    expect([early.status, early.headers.get('retry-after')]).toEqual([429, '40']);
    running.clock.advance(40_000);
    expect((await refresh()).status).toBe(200);
  });

  it('a browser cannot read its 401', async () => {
    await oracle();
    const refused = await running.send('/fhir/Patient/p1', { headers: { origin: APP } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    const code = await codeFor(running);
    const answer = await exchange(running, codeForm(code));
    expect(answer.status).toBe(200);
  });
});
