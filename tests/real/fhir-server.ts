import type { Bundle, FhirResource, Observation } from 'fhir/r4';

/**
 * The FHIR server itself, asked without the app and without the launcher: for setting up charts and
 * for reading what was stored. `token` where the server wants one.
 */
export class FhirServer {
  readonly #base: string;
  readonly #token: string | undefined;

  constructor(base: string, token: string | undefined) {
    this.#base = base.replace(/\/+$/, '');
    this.#token = token;
  }

  async create<T extends FhirResource>(resource: T): Promise<T & { id: string }> {
    return (await this.#send('POST', resource.resourceType, resource)) as T & { id: string };
  }

  async update<T extends FhirResource>(resource: T): Promise<T> {
    return (await this.#send('PUT', `${resource.resourceType}/${resource.id}`, resource)) as T;
  }

  /** The resources of a transaction as stored, in the order of the entries. */
  async transaction(bundle: Bundle): Promise<FhirResource[]> {
    const { entry = [] } = (await this.#send('POST', '', bundle)) as Bundle;
    return Promise.all(
      entry.map(async ({ resource, response }) => {
        if (resource) return resource;
        const path = response?.location?.match(/[A-Z]\w+\/[^/]+(?=\/_history|$)/)?.[0];
        if (!path) throw new Error(`The server did not store an entry: ${response?.status}`);
        return (await this.#send('GET', path)) as FhirResource;
      }),
    );
  }

  async search(query: string): Promise<FhirResource[]> {
    const { entry = [] } = (await this.#send('GET', query)) as Bundle;
    return entry.flatMap(({ resource }) => resource ?? []);
  }

  /** What the app wrote about a recommendation, oldest first. */
  async feedback(item: string, patient: string, recommendation: string): Promise<Observation[]> {
    const query = new URLSearchParams({
      patient,
      code: `https://clinician-feedback.example.org/fhir/CodeSystem/feedback-item|${item}`,
      _sort: 'date',
      _count: '100',
    });
    const all = (await this.search(`Observation?${query}`)) as Observation[];
    return all.filter((one) => one.focus?.[0]?.reference?.endsWith(recommendation));
  }

  /** Bulk export of one type, by the asynchronous pattern: kick-off, poll, fetch the NDJSON. */
  async exported(type: string): Promise<FhirResource[]> {
    const headers = { ...this.#authorization(), accept: 'application/fhir+json' };
    const begun = await fetch(`${this.#base}/$export?_type=${type}`, {
      headers: { ...headers, prefer: 'respond-async' },
    });
    const status = begun.headers.get('content-location');
    if (begun.status !== 202 || !status) throw new Error(`$export: ${begun.status}`);
    for (;;) {
      const answer = await fetch(status, { headers });
      if (answer.status === 200) {
        const { output } = (await answer.json()) as { output: { type: string; url: string }[] };
        const files = output.filter((one) => one.type === type);
        const texts = await Promise.all(
          files.map(async ({ url }) => await (await fetch(url, { headers })).text()),
        );
        const lines = texts.flatMap((text) => text.split('\n')).filter(Boolean);
        return lines.map((line) => JSON.parse(line) as FhirResource);
      }
      if (answer.status !== 202) throw new Error(`$export: ${answer.status}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  #authorization(): Readonly<Record<string, string>> {
    return this.#token ? { authorization: `Bearer ${this.#token}` } : {};
  }

  async #send(method: string, path: string, body?: FhirResource): Promise<FhirResource> {
    const response = await fetch(`${this.#base}/${path}`, {
      method,
      headers: {
        accept: 'application/fhir+json',
        'content-type': 'application/fhir+json',
        prefer: 'return=representation',
        ...this.#authorization(),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as FhirResource;
  }
}
