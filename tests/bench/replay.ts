import type { Page, Request } from '@playwright/test';
import type { Stage } from '#tests/e2e/stage.ts';
import { firstAccept } from './first-accept.ts';

/** What the app said to the server about one answer, and the two names that it said it by. */
export interface Conversation {
  readonly id: string;
  readonly reference: string;
  readonly requests: readonly {
    readonly method: string;
    /** Below the FHIR base. */
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | undefined;
  }[];
}

/** Not the first of them: those share the line with the launch. */
const WHICH = 20;
const HEADERS = ['accept', 'content-type', 'prefer', 'if-none-exist'];

/** Listens to the page; gives the conversation about one of its answers. */
export function listen(page: Page, { fhirUrl }: Pick<Stage, 'fhirUrl'>): () => Conversation {
  const requests: Request[] = [];
  const references = new Map<Request, string>();
  page.on('request', (request) => {
    if (request.url().startsWith(fhirUrl)) requests.push(request);
  });
  page.on('response', async (response) => {
    const location = await response.headerValue('location').catch(() => null);
    const reference = /Observation\/[^/]+/.exec(location ?? '')?.[0];
    if (reference) references.set(response.request(), reference);
  });
  return () => {
    const creates = requests.filter(
      (request) =>
        request.method() === 'POST' && request.postData()?.includes('recommendation-response'),
    );
    const create = creates[WHICH];
    const id = /urn:uuid:[0-9a-f-]+/.exec(create?.postData() ?? '')?.[0];
    const reference = create && references.get(create);
    if (!id || !reference) throw new Error('No answer was heard to be sent.');
    const about = requests.filter((request) =>
      [request.url(), request.postData() ?? ''].some(
        (text) => text.includes(id) || text.includes(reference),
      ),
    );
    return {
      id,
      reference,
      requests: about.map((request) => ({
        method: request.method(),
        path: request.url().slice(fhirUrl.length),
        headers: Object.fromEntries(
          Object.entries(request.headers()).filter(([name]) => HEADERS.includes(name)),
        ),
        body: request.postData() ?? undefined,
      })),
    };
  };
}

export interface Replay {
  readonly conversation: Conversation;
  readonly count: number;
  /** With what a device does to keep it: a strict transaction before the first and after the last. */
  readonly keep: boolean;
}

/** The same conversation about so many new answers, under a fresh token; answers a second. */
export async function replay(page: Page, stage: Stage, what: Replay): Promise<number> {
  const signedIn = page.waitForRequest(
    (request) => request.url().startsWith(stage.fhirUrl) && 'authorization' in request.headers(),
  );
  await firstAccept(page, stage);
  const { authorization = '' } = (await signedIn).headers();
  // A page of the same origin, under the same policy, in which nothing runs.
  await page.goto(`${stage.appUrl}config.json`);
  return await page.evaluate(sayAll, { ...what, authorization, base: stage.fhirUrl });
}

/** Runs in the page. */
async function sayAll(given: Replay & { authorization: string; base: string }): Promise<number> {
  const { conversation, count, keep, authorization, base } = given;
  const { id, reference, requests } = conversation;
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('floor', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('items');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const write = (work: (store: IDBObjectStore) => void) =>
    new Promise<void>((resolve, reject) => {
      const tx = database.transaction('items', 'readwrite', { durability: 'strict' });
      work(tx.objectStore('items'));
      tx.oncomplete = () => resolve();
      tx.onerror = () => reject(tx.error);
    });
  const one = async () => {
    const newId = `urn:uuid:${crypto.randomUUID()}`;
    let newReference = reference;
    const renamed = (text: string) =>
      text
        .replaceAll(id, newId)
        .replaceAll(encodeURIComponent(id), encodeURIComponent(newId))
        .replaceAll(reference, newReference)
        .replaceAll(encodeURIComponent(reference), encodeURIComponent(newReference));
    if (keep) await write((store) => store.put(requests, newId));
    for (const { method, path, headers, body } of requests) {
      const response = await fetch(base + renamed(path), {
        method,
        headers: { ...JSON.parse(renamed(JSON.stringify(headers))), authorization },
        ...(body !== undefined && { body: renamed(body) }),
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      });
      const said = await response.json();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
      if (said.resourceType === 'Observation') newReference = `Observation/${said.id}`;
    }
    if (keep) await write((store) => store.delete(newId));
  };
  const from = performance.now();
  for (let n = 0; n < count; n++) await one();
  return count / ((performance.now() - from) / 1000);
}
