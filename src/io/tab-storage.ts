/** Undefined where the browser keeps nothing for us, as in a frame of another site whose storage it blocks. */
export function tabStorage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    // Reading the property is what throws (SecurityError).
    return undefined;
  }
}
