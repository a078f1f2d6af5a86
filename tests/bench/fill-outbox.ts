import type { Page } from '@playwright/test';

interface Owner {
  readonly issuer: string;
  readonly user: string;
}

/** Answers that wait in the browser's own database, sealed as the app seals them, from the one there. */
export async function fillOutbox(page: Page, owner: Owner, count: number): Promise<void> {
  await page.evaluate(
    async ({ issuer, user, wanted }) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('clinician-feedback-outbox');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const all = <T>(store: string) =>
        new Promise<T[]>((resolve) => {
          const asked = database.transaction(store).objectStore(store).getAll();
          asked.onsuccess = () => resolve(asked.result as T[]);
        });
      interface Item {
        readonly id: string;
        readonly owner: string;
        readonly schedule: object;
        readonly sealed: { version: number; iv: BufferSource; data: BufferSource };
      }
      const [first] = await all<Item>('items');
      const [held] = await all<{ key: CryptoKey }>('keys');
      if (!first || !held) throw new Error('Nothing waits that could be copied.');
      const { version, iv, data } = first.sealed;
      const boundTo = (id: string) =>
        new TextEncoder().encode(JSON.stringify([version, id, issuer, user]));
      const opened = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv, additionalData: boundTo(first.id) },
        held.key,
        data,
      );
      const content = JSON.parse(new TextDecoder().decode(opened));
      const records = await Promise.all(
        Array.from({ length: wanted }, async (_, index) => {
          const id = `urn:uuid:${crypto.randomUUID()}`;
          const { answer } = content;
          const ref = { ...answer.recommendation.ref, id: `bench-${index}` };
          const text = JSON.stringify({
            ...content,
            answer: { ...answer, id, recommendation: { ref } },
          });
          const fresh = crypto.getRandomValues(new Uint8Array(12));
          const sealed = await crypto.subtle.encrypt(
            { name: 'AES-GCM', iv: fresh, additionalData: boundTo(id) },
            held.key,
            new TextEncoder().encode(text),
          );
          return {
            id,
            owner: first.owner,
            rev: 1,
            schedule: { ...first.schedule, phase: 'queued', nextAt: 0, delayMs: 0, order: 1 },
            sealed: { version, iv: fresh, data: sealed },
          };
        }),
      );
      const tx = database.transaction('items', 'readwrite');
      for (const record of records) tx.objectStore('items').put(record);
      await new Promise((resolve) => {
        tx.oncomplete = resolve;
      });
      database.close();
    },
    { ...owner, wanted: count },
  );
}

export async function countWaiting(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('clinician-feedback-outbox');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asked = opening.result.transaction('items').objectStore('items').count();
          asked.onsuccess = () => {
            opening.result.close();
            resolve(asked.result);
          };
        };
      }),
  );
}
