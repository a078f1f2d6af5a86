/** The parts of `Prefer` that FHIR defines (http.html §3.1.0.1.7, search.html §3.1.1.1). */
export interface Preferences {
  readonly return: 'representation' | 'minimal' | 'OperationOutcome' | undefined;
  readonly strict: boolean;
}

export function parsePrefer(header: string | null): Preferences {
  const wishes = (header ?? '').split(/[,;]/).map((wish) => wish.trim());
  const wished = wishes.find((wish) => wish.startsWith('return='))?.slice('return='.length);
  return {
    return:
      wished === 'representation' || wished === 'minimal' || wished === 'OperationOutcome'
        ? wished
        : undefined,
    strict: wishes.includes('handling=strict'),
  };
}
