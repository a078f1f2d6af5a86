/**
 * Stands in for the npm package of this name (package.json, `overrides`): fhirclient asks for it and
 * uses it only where a browser has no `crypto`, which is none that we support. The real one is
 * unmaintained and brings 800 packages for mobile apps.
 */
export default globalThis.crypto;
