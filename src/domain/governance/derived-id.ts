import { uuidV5 } from '../uuid-v5.ts';

const URN = 'urn:uuid:';

/**
 * The identifier of what an act brings about, made of the act's own: whoever repeats the act after a
 * failure writes the same record, and not a second one.
 * @param id `urn:uuid:` of the act
 */
export const derivedId = (id: string, what: string): string =>
  id.startsWith(URN) ? `${URN}${uuidV5(id.slice(URN.length), what)}` : `${id}#${what}`;
