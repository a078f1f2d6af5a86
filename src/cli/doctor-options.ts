import { readFile } from 'node:fs/promises';
import { withoutSlash } from '#src/domain/base-url.ts';
import { UsageError } from './command.ts';
import { readOptions } from './options.ts';

export interface DoctorOptions {
  /** Without trailing slash. */
  readonly iss: string;
  readonly config: string | undefined;
  readonly origin: string | undefined;
  readonly token: string | undefined;
  readonly storeToken: string | undefined;
  readonly subject: {
    readonly patientId: string | undefined;
    readonly encounterId: string | undefined;
    readonly performer: string | undefined;
  };
  readonly write: boolean;
  readonly json: boolean;
  readonly out: string | undefined;
  readonly vendorFile: string | undefined;
  readonly serverWords: boolean;
}

const ID = /^[A-Za-z0-9.-]{1,64}$/;

/** Argv, token files and environment. A token is never an argument: process lists show those. */
export async function readDoctorOptions(argv: readonly string[]): Promise<DoctorOptions> {
  const given = readOptions(argv, {
    iss: { type: 'string' },
    config: { type: 'string' },
    origin: { type: 'string' },
    'token-file': { type: 'string' },
    'store-token-file': { type: 'string' },
    patient: { type: 'string' },
    encounter: { type: 'string' },
    user: { type: 'string' },
    write: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    out: { type: 'string' },
    'vendor-file': { type: 'string' },
    'server-words': { type: 'boolean', default: false },
  });
  const iss = withoutSlash(address(given.iss, '--iss').href);
  const token = await tokenFrom(given['token-file'], process.env.CLINICIAN_FEEDBACK_TOKEN);
  const storeToken = await tokenFrom(given['store-token-file'], undefined);
  if (given.write && !(token && given.patient))
    throw new UsageError('--write needs a token and a test patient (--patient ID).');
  if (token && !/^(https:|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(iss))
    throw new UsageError('A token is not sent in the clear: use the https address of --iss.');
  return {
    iss,
    config: given.config,
    origin: given.origin === undefined ? undefined : address(given.origin, '--origin').origin,
    token,
    storeToken,
    subject: {
      patientId: id(given.patient, '--patient'),
      encounterId: id(given.encounter, '--encounter'),
      performer: performer(given.user),
    },
    write: given.write,
    json: given.json,
    out: given.out,
    vendorFile: given['vendor-file'],
    serverWords: given['server-words'],
  };
}

function address(text: string | undefined, option: string): URL {
  if (text === undefined) throw new UsageError(`${option} is missing.`);
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`${option} takes an address that begins with https://.`);
  return new URL(text);
}

function id(text: string | undefined, option: string): string | undefined {
  const bare = text?.replace(/^(Patient|Encounter)\//, '');
  if (bare !== undefined && !ID.test(bare)) throw new UsageError(`${option} takes a FHIR id.`);
  return bare;
}

function performer(text: string | undefined): string | undefined {
  if (text !== undefined && !/^(Practitioner|PractitionerRole)\/[A-Za-z0-9.-]{1,64}$/.test(text))
    throw new UsageError('--user takes Practitioner/ID or PractitionerRole/ID.');
  return text;
}

async function tokenFrom(
  path: string | undefined,
  environment: string | undefined,
): Promise<string | undefined> {
  if (path === undefined) return environment?.trim() || undefined;
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} could not be read.`);
  });
  const token = text.trim().replace(/^Bearer\s+/i, '');
  if (token === '' || /\s/.test(token)) throw new Error(`${path} holds no token alone.`);
  return token;
}
