export type ColorScheme = 'light' | 'dark';

const ATTRIBUTE = 'data-color-scheme';
const SAID = 'data-color-scheme-said';

const apply = (scheme: ColorScheme) => document.documentElement.setAttribute(ATTRIBUTE, scheme);

/**
 * The reader's system decides between light and dark, now and whenever it changes its mind, until
 * somebody said it (`stayWithScheme`). Nothing is stored: a shared ward computer has no owner, and in a framed
 * app the browser may refuse storage. Returns what ends it.
 */
export function followSystemScheme(): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const follow = () => {
    if (!document.documentElement.hasAttribute(SAID)) apply(system.matches ? 'dark' : 'light');
  };
  follow();
  system.addEventListener('change', follow);
  return () => system.removeEventListener('change', follow);
}

/** As the EHR around the app is, for as long as this page is open. */
export function stayWithScheme(scheme: ColorScheme): void {
  document.documentElement.setAttribute(SAID, '');
  apply(scheme);
}
