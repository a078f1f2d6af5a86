/**
 * Does a stored reference answer to what was asked: `id`, `Type/id` or an absolute URL? Versioned
 * references answer only to themselves, as on the servers that we tried.
 */
export function matchesReference(stored: string, asked: string, fhirBase: string): boolean {
  const have = relative(stored, fhirBase);
  const want = relative(asked, fhirBase);
  if (have === want) return true;
  return (
    !want.includes('/') && !have.includes('://') && have.split('/').slice(1).join('/') === want
  );
}

/** A reference to our own server is the same reference with or without our base. */
export function relative(reference: string, fhirBase: string): string {
  return reference.startsWith(`${fhirBase}/`) ? reference.slice(fhirBase.length + 1) : reference;
}
