import * as fake from 'fake-indexeddb';

/** A browser's IndexedDB with nothing in it, in place of the one before. */
export function freshIndexedDb(): IDBFactory {
  const { default: _factory, IDBFactory: Factory, ...globals } = fake;
  const indexedDB = new Factory();
  Object.assign(globalThis, globals, { IDBFactory: Factory });
  Object.defineProperty(globalThis, 'indexedDB', {
    value: indexedDB,
    configurable: true,
    writable: true,
  });
  return indexedDB;
}
