/** Joins class names; CSS-module lookups may be undefined. */
export const cx = (...names: readonly (string | false | undefined)[]): string =>
  names.filter(Boolean).join(' ');
