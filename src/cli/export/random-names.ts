import { randomBytes } from 'node:crypto';

/** 72 bits: among 10⁸ names, the chance that two are drawn alike is one in a million. */
const NAME_BYTES = 9;
/** Asking the system for each name alone takes longer than all else that is done to a cell. */
const AT_ONCE = NAME_BYTES * 4096;

/** Draws names of 18 hexadecimal digits from the system's chance. */
export function randomNames(): () => string {
  let drawn = '';
  let at = 0;
  return () => {
    if (at === drawn.length) {
      drawn = randomBytes(AT_ONCE).toString('hex');
      at = 0;
    }
    at += NAME_BYTES * 2;
    return drawn.slice(at - NAME_BYTES * 2, at);
  };
}
