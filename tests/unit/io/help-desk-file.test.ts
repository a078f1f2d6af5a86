import { describe, expect, it } from 'vitest';
import { discardRecord } from '#src/domain/outbox/discard.ts';
import { makeHelpDeskFile } from '#src/io/outbox/help-desk-file.ts';
import type { Jwe } from '#src/io/outbox/jwe.ts';
import { anAnswer, ISSUER, NOW, queued } from '#tests/support/queued-answers.ts';

const ID = 'urn:uuid:00000000-0000-4000-8000-000000000001';
const item = queued(
  anAnswer(ID, {
    comment: 'Very private words',
    context: { appVersion: '0', shownTitle: 'Start the bundle', shownPatient: 'RIVERA, Maria' },
  }),
  {
    phase: 'attention',
    last: 'http-422',
    attempts: 2,
    history: [{ at: NOW, result: 'http-422' }],
  },
);
const discards = [discardRecord(item, { reason: 'other', text: 'About Maria' }, NOW)];
const about = {
  appVersion: '0.1.0',
  issuer: ISSUER,
  browser: 'Chromium',
  durable: true,
  now: NOW,
  elsewhere: 2,
  exposures: { waiting: 3, refused: 1 },
};
const fromBase64url = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

describe('the file for the help desk', () => {
  it('without a key: identifiers, results, times, counts and versions, and nobody’s data', async () => {
    const file = await makeHelpDeskFile([item], discards, about, undefined);
    expect(file.name).toMatch(/^clinician-feedback-2026-11-22-15-00-00\.json$/);
    expect(JSON.parse(file.text)).toMatchObject({
      appVersion: '0.1.0',
      waitingOfOtherUsers: 2,
      exposures: { waiting: 3, refused: 1 },
      waiting: [{ identifier: ID, attempts: 2, history: [{ result: 'http-422' }] }],
      discarded: [{ identifier: ID, reason: 'other' }],
    });
    for (const secret of ['private', 'Maria', 'Patient', 'Practitioner', 'RiskAssess', 'accepted'])
      expect(file.text).not.toContain(secret);
  });

  it('with a key: the answers too, as a JWE that only the private key opens', async () => {
    const { publicKey, privateKey } = await crypto.subtle.generateKey(
      {
        name: 'RSA-OAEP',
        hash: 'SHA-256',
        modulusLength: 2048,
        publicExponent: new Uint8Array([1, 0, 1]),
      },
      true,
      ['encrypt', 'decrypt'],
    );
    const { n = '', e = '' } = await crypto.subtle.exportKey('jwk', publicKey);
    const key = { kty: 'RSA', n, e, kid: 'desk-1' } as const;
    const file = await makeHelpDeskFile([item], discards, about, key);
    expect(file.text).not.toContain('private');
    const jwe = JSON.parse(file.text) as Jwe;
    expect(JSON.parse(Buffer.from(jwe.protected, 'base64url').toString())).toEqual({
      alg: 'RSA-OAEP-256',
      enc: 'A256GCM',
      kid: 'desk-1',
    });
    const contentKey = await crypto.subtle.decrypt(
      { name: 'RSA-OAEP' },
      privateKey,
      fromBase64url(jwe.encrypted_key),
    );
    const aes = await crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['decrypt']);
    const opened = await crypto.subtle.decrypt(
      {
        name: 'AES-GCM',
        iv: fromBase64url(jwe.iv),
        additionalData: new TextEncoder().encode(jwe.protected),
      },
      aes,
      new Uint8Array([...fromBase64url(jwe.ciphertext), ...fromBase64url(jwe.tag)]),
    );
    const report = JSON.parse(new TextDecoder().decode(opened));
    expect(report.answers).toEqual([item.answer]);
    expect(report.discardTexts).toEqual([{ identifier: ID, text: 'About Maria' }]);
  });
});
