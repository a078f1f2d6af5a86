import { describe, expect, it } from 'vitest';
import { FhirError } from '#src/io/gateway.ts';
import { ALL_SCOPES, result, stagePerTest } from '#tests/support/connection.ts';
import { answer, rewriting, type Tamper, when } from '#tests/support/tamper.ts';

const { start } = stagePerTest();

describe('what a check of the token finds', () => {
  it('scopes that were not granted: needed ones fail, others warn', async () => {
    const { run } = await start({
      scope: 'launch openid fhirUser patient/Patient.r patient/Observation.rs',
    });
    const found = result(await run(), 'token.scopes');
    expect(found).toMatchObject({ status: 'fail' });
    expect(found.seen).toContain('patient/RiskAssessment.rs (recommendations)');
    expect(found.seen).toContain('patient/Observation.c (answers)');
    expect(found.seen).not.toContain('Device');
  });

  it('scopes that only cost something', async () => {
    const { run } = await start({ scope: ALL_SCOPES.replace('user/Device.rs ', '') });
    const found = result(await run(), 'token.scopes');
    expect([found.status, found.seen]).toEqual([
      'warn',
      'not granted: patient/Device.rs (facts about the AI model)',
    ]);
  });

  it('more than is needed', async () => {
    const { run } = await start({ scope: `${ALL_SCOPES} patient/*.cruds` });
    expect(result(await run(), 'token.least').status).toBe('warn');
  });

  it('asks the authorization server where nobody said what was granted', async () => {
    const { run, context } = await start();
    const signedIn = { authorization: context.signedIn.authorization };
    const report = await run({ write: true }, { signedIn });
    expect(result(report, 'token.scopes').status).toBe('pass');
    expect(result(report, 'token.user').seen).toBe('a Practitioner');
    expect(result(report, 'write.create').status).toBe('pass');
  });

  it('tries, where the authorization server does not tell', async () => {
    const tamper = when(
      (r) => r.url.endsWith('/introspect'),
      () => answer({}, 404),
    );
    const { run, context } = await start({
      tamper,
      scope: ALL_SCOPES.replace('user/Device.rs ', ''),
    });
    const signedIn = {
      authorization: context.signedIn.authorization,
      patientId: 'p1',
    };
    const found = result(await run({}, { signedIn }), 'token.scopes');
    expect(found.status).toBe('warn');
    expect(found.seen).toMatch(/Device.*by trying to search/);
  });

  it('sends no token to an introspection endpoint that nobody configured', async () => {
    const elsewhere: string[] = [];
    const tamper: Tamper = async (request, send) => {
      if (new URL(request.url).hostname === 'evil.test')
        elsewhere.push(request.headers.get('authorization') ?? '');
      return rewriting('.well-known/smart-configuration', (body) => ({
        ...body,
        introspection_endpoint: 'https://evil.test/introspect',
      }))(request, send);
    };
    const { run, context } = await start({ tamper });
    await run({}, { signedIn: { authorization: context.signedIn.authorization } });
    expect(elsewhere).toEqual([]);
  });

  it('a token that has ended: nothing more is asked with it', async () => {
    const { run, running } = await start();
    running.clock.advance(3_700_000);
    const report = await run({ write: true });
    expect(result(report, 'token.accepted')).toMatchObject({
      status: 'fail',
      seen: 'HTTP 401 (login)',
    });
    expect(result(report, 'search').seen).toBe('the token is not accepted');
  });

  it.each([
    ['a user who is no Practitioner', { performer: undefined }, 'fail token.user'],
    [
      'an end that is near',
      { expiresAt: Date.parse('2026-03-02T08:09:30Z') },
      'warn token.lifetime',
    ],
    ['a refresh that works', { renew: async () => true }, 'pass token.refresh'],
    ['no refresh token', { renew: async () => false }, 'warn token.refresh'],
    [
      'a refresh that is refused',
      { renew: () => Promise.reject(new FhirError('auth', 'no')) },
      'fail token.refresh',
    ],
  ])('%s', async (_what, change, expected) => {
    const { run, context } = await start();
    const signedIn = {
      ...context.signedIn,
      authorization: context.signedIn.authorization,
      ...change,
    };
    const [status, id = ''] = expected.split(' ');
    expect(result(await run({}, { signedIn }), id).status).toBe(status);
  });
});
