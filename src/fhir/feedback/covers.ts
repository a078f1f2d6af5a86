import { sameResource } from '#src/domain/coding.ts';
import { isObject, type Json } from '../read.ts';
import { parseReference } from '../reference.ts';

export interface CoverOptions {
  /** FHIR base of the server that stored it; without it any base is taken for its own. */
  readonly server: string | undefined;
  /** True where the order of a list has a meaning. */
  readonly ordered: boolean;
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** The same instant, or the same second where the server keeps no fraction. */
function sameInstant(sent: string, stored: string): boolean {
  const before = Date.parse(sent);
  const after = Date.parse(stored);
  return before === after || after === Math.floor(before / 1000) * 1000;
}

const lines = (value: string): string => value.replace(/\r\n?/g, '\n').trim();

function sameString(sent: string, stored: string): boolean {
  if (DATE_TIME.test(sent) && DATE_TIME.test(stored)) return sameInstant(sent, stored);
  return lines(sent) === lines(stored);
}

const sameNumber = (sent: number, stored: number): boolean =>
  Math.abs(sent - stored) <= Math.abs(sent) * 1e-9;

/** Without a known server, a relative reference is the tail of any absolute one. */
function sameReference(sent: string, stored: string, server: string | undefined): boolean {
  if (sent === stored) return true;
  const before = parseReference(sent, server ?? '');
  const after = parseReference(stored, server ?? '');
  if (!before || !after || before.version !== after.version) return false;
  if (before.ref.server !== '') return sameResource(before.ref, after.ref);
  return before.ref.type === after.ref.type && before.ref.id === after.ref.id;
}

const isCoding = (value: Json): boolean => 'code' in value && 'system' in value;

/** Keys that a server may drop or rewrite because others say the same. */
function redundant(sent: Json, key: string): boolean {
  if ('reference' in sent) return key === 'display' || key === 'type';
  if (Array.isArray(sent.coding)) return key === 'text';
  return key === 'display' && isCoding(sent);
}

function coversRecord(sent: Json, stored: Json, options: CoverOptions): boolean {
  return Object.entries(sent).every(([key, value]) => {
    if (redundant(sent, key)) return true;
    const after = stored[key];
    if (key === 'reference' && typeof value === 'string') {
      return typeof after === 'string' && sameReference(value, after, options.server);
    }
    return covers(value, after, options);
  });
}

/** True when everything in `sent` is in `stored`; `stored` may say more. */
export function covers(sent: unknown, stored: unknown, options: CoverOptions): boolean {
  if (typeof sent === 'string') return typeof stored === 'string' && sameString(sent, stored);
  if (typeof sent === 'number') return typeof stored === 'number' && sameNumber(sent, stored);
  if (Array.isArray(sent)) {
    if (!Array.isArray(stored)) return false;
    return sent.every((item, i) =>
      options.ordered
        ? covers(item, stored[i], options)
        : stored.some((other) => covers(item, other, options)),
    );
  }
  if (isObject(sent)) return isObject(stored) && coversRecord(sent, stored, options);
  return sent === stored;
}
