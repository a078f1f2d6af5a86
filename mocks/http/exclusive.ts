/**
 * Runs one piece of work after the other. FHIR requests go through it, which is what makes
 * conditional creates and transactions atomic without a database.
 */
export function createExclusive(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    // The next in line must not fail because this one did; whoever asked for it sees the error.
    last = result.catch(() => undefined);
    return result;
  };
}
