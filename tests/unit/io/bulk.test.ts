import { describe, expect, it } from 'vitest';
import { readBulkOptions } from '#src/cli/sources/bulk/bulk-options.ts';
import { allowedAddress } from '#src/io/bulk/addresses.ts';
import { BulkError } from '#src/io/bulk/bulk-error.ts';
import { deletedReferences } from '#src/io/bulk/deletions.ts';
import { readManifest } from '#src/io/bulk/manifest.ts';
import { serverOutcomes } from '#src/io/bulk/server-outcomes.ts';

describe('a manifest', () => {
  const whole = { transactionTime: '2026-03-02T08:00:00Z', output: [] };

  it('may leave out what later drafts let it leave out', () => {
    const url = 'https://ehr.test/1';
    expect(readManifest({ ...whole, output: [{ url }], deleted: [{ url }] })).toEqual({
      transactionTime: '2026-03-02T08:00:00Z',
      requiresAccessToken: true,
      output: [{ type: 'Resource', url, count: undefined }],
      deleted: [{ type: 'Bundle', url, count: undefined }],
      error: [],
      next: undefined,
    });
  });

  it.each([
    ['nothing', undefined],
    ['a page', '<html>'],
    ['no time', { output: [] }],
    ['no list', { ...whole, output: {} }],
    ['no address', { ...whole, output: [{ type: 'Patient' }] }],
    ['a type that leads elsewhere', { ...whole, output: [{ type: '../../x', url: 'a' }] }],
  ])('is refused with %s', (_, body) => {
    expect(() => readManifest(body)).toThrow(BulkError);
  });
});

describe('an address that a server names', () => {
  const client = { baseUrl: 'https://ehr.test/fhir', allowedOrigins: ['https://files.test'] };

  it('is its own or an allowed one', () => {
    for (const text of ['/bulk/1', 'https://ehr.test/x', 'https://files.test/y?sig=1'])
      expect(allowedAddress(text, client).protocol).toBe('https:');
  });

  it.each([
    'http://ehr.test/bulk/1',
    'https://ehr.test:8443/1',
    'https://ehr.test@evil.test/1',
    'https://sub.files.test/1',
    '//evil.test/1',
    'file:///etc/passwd',
    'https://[',
  ])('is not %s', (text) => {
    expect(() => allowedAddress(text, client)).toThrow(BulkError);
  });
});

const folderOf = (...content: readonly string[]) => {
  const none = () => Promise.reject(new Error('not asked for'));
  return {
    save: none,
    open: none,
    remove: none,
    markDeleted: none,
    finish: none,
    discard: none,
    async *lines() {
      yield* content;
    },
  };
};
const files = [{ address: '', name: 'x', lines: 1 }];

describe('what a server says beside the resources', () => {
  it('names deleted resources by DELETE requests and by nothing else', async () => {
    const entry = [
      { request: { method: 'DELETE', url: 'Patient/1' } },
      { request: { method: 'DELETE', url: 'https://ehr.test/fhir/Observation/a.b-1' } },
      { request: { method: 'PUT', url: 'Patient/2' } },
      { request: { method: 'DELETE', url: 'Patient?name=x' } },
      null,
    ];
    const bundle = JSON.stringify({ resourceType: 'Bundle', entry });
    const gone = await deletedReferences(folderOf(bundle, '{}'), files);
    expect([...gone]).toEqual(['Patient/1', 'Observation/a.b-1']);
    await expect(deletedReferences(folderOf('{"Rivera'), files)).rejects.toThrow(
      'A file of deletions holds a line that is no JSON.',
    );
  });

  it('is counted by severity and code, and never repeated', async () => {
    const issue = [
      { severity: 'error', code: 'not-found', diagnostics: 'Rivera' },
      { severity: 'error', code: 'not-found' },
      { severity: 'Rivera', code: 'Ada Okafor' },
    ];
    const lines = [JSON.stringify({ issue }), 'Rivera', '{"issue":[]}', '{"issue":[null]}'];
    expect([...(await serverOutcomes(folderOf(...lines), files))]).toEqual([
      ['error not-found', 2],
      ['unknown unknown', 2],
      ['unknown unreadable', 2],
    ]);
  });
});

describe('the options of a bulk export', () => {
  it.each([
    [{ bulk: 'all', download: 'x' }, 'system, patient or group'],
    [{ bulk: 'group:a/b', download: 'x' }, 'system, patient or group'],
    [{ bulk: 'system' }, '--download DIR'],
    [{ types: 'Patient', download: 'x' }, 'only with --bulk'],
    [{ resume: 'x', types: 'Patient' }, 'as it began'],
    [{ bulk: 'system', download: 'x', types: 'Patient,../x' }, '--types'],
    [{ bulk: 'system', download: 'x', 'allow-origin': ['http://files.test'] }, '--allow-origin'],
    [{ bulk: 'system', download: 'x', 'client-key': 'k' }, 'for --client-id'],
  ])('%j is refused with its cure', (given, cure) => {
    expect(() => readBulkOptions(given)).toThrow(cure);
  });
});
