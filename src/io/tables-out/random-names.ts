/** 72 bits: among 10⁸ names, the chance that two are drawn alike is one in a million. */
const NAME_BYTES = 9;
/** Asking the system for each name alone takes longer than all else that is done to a cell. */
const AT_ONCE = NAME_BYTES * 4096;

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('');

/** Draws names of 18 hexadecimal digits from the system's chance, in a browser and on a server. */
export function randomNames(): () => string {
  let drawn = '';
  let at = 0;
  return () => {
    if (at === drawn.length) {
      drawn = hex(crypto.getRandomValues(new Uint8Array(AT_ONCE)));
      at = 0;
    }
    at += NAME_BYTES * 2;
    return drawn.slice(at - NAME_BYTES * 2, at);
  };
}
