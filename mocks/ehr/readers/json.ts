/**
 * Tolerant reading of JSON that a FHIR server sent. The sandbox EHR reads FHIR by itself and shares
 * no reader with the app: what both got wrong in the same way, nobody would see.
 */
export type Json = Readonly<Record<string, unknown>>;

export function asRecord(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

export function asList(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(asRecord) : [];
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The resources of a searchset, whatever else the Bundle holds. */
export function resourcesOf(bundle: unknown, type?: string): readonly Json[] {
  return asList(asRecord(bundle).entry)
    .map((entry) => asRecord(entry.resource))
    .filter((resource) =>
      type === undefined ? resource.resourceType !== undefined : resource.resourceType === type,
    );
}

/** What a CodeableConcept says, in the words of its author. */
export function conceptText(value: unknown): string | undefined {
  const concept = asRecord(value);
  const coding = asList(concept.coding);
  return (
    asText(concept.text) ??
    coding.map((c) => asText(c.display)).find((display) => display !== undefined) ??
    coding.map((c) => asText(c.code)).find((code) => code !== undefined)
  );
}

export function hasCode(value: unknown, code: string, system?: string): boolean {
  return asList(asRecord(value).coding).some(
    (coding) => coding.code === code && (system === undefined || coding.system === system),
  );
}

/** `Type/id` of a Reference, without base URL and version. */
export function referenceOf(value: unknown): string | undefined {
  const reference = asText(asRecord(value).reference);
  return reference?.match(/([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]+)(?:\/_history\/.*)?$/)?.[1];
}

export function hasSecurityLabel(resource: Json, code: string): boolean {
  return asList(asRecord(resource.meta).security).some((label) => label.code === code);
}

/** Newest first; what has no date comes last. */
export function byNewest<T>(time: (item: T) => string | undefined): (a: T, b: T) => number {
  const value = (item: T) => Date.parse(time(item) ?? '') || Number.NEGATIVE_INFINITY;
  return (a, b) => {
    const [x, y] = [value(a), value(b)];
    return x === y ? 0 : y > x ? 1 : -1;
  };
}
