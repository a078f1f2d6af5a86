import { LaunchError } from './launch-error.ts';
import type { LaunchStore } from './launch-store.ts';

/** A sign-in takes less; after that the browser forgets what nobody came back for. */
const MAX_AGE_S = 600;

/** Of this page alone: tokens are nowhere else. */
const memory = new Map<string, unknown>();

/**
 * For a frame of another site whose storage the browser blocks: a cookie of its own for this site
 * within that site (`Partitioned`) is all that outlives the way to the sign-in and back. It is taken
 * out as it is read. The browser sends it to the app's own web server, hence never a token in it.
 */
export const frameLaunchStore: LaunchStore = {
  lasting: false,
  handOver(key, value) {
    const text = encodeURIComponent(JSON.stringify(value));
    writeCookie(key, text, MAX_AGE_S);
    // Too long, or refused: a browser says neither.
    if (readCookie(key) !== text) throw nothingIsKept();
  },
  keep(key, value) {
    memory.set(key, value);
  },
  read(key) {
    const text = readCookie(key);
    if (text !== undefined) {
      memory.set(key, JSON.parse(decodeURIComponent(text)));
      writeCookie(key, '', 0);
    }
    return memory.get(key);
  },
  drop(key) {
    memory.delete(key);
    writeCookie(key, '', 0);
  },
};

const nothingIsKept = () =>
  new LaunchError(
    'This browser keeps nothing for an app that another site frames, so the sign-in cannot be completed here.',
    'Open the app in a window of its own, or ask your informatics team to allow its storage in the EHR.',
    true,
  );

function readCookie(name: string): string | undefined {
  const start = `${name}=`;
  const found = document.cookie.split('; ').find((one) => one.startsWith(start));
  return found?.slice(start.length);
}

function writeCookie(name: string, value: string, maxAge: number): void {
  // launch.html and index.html lie in one folder.
  const path = new URL('.', location.href).pathname;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
  document.cookie = `${name}=${value}; Max-Age=${maxAge}; Path=${path}; SameSite=None; Secure; Partitioned`;
}
