/**
 * Stands in for `isomorphic-webcrypto`, which fhirclient asks for and uses only where a browser has no
 * `crypto`: none that we support. It is unmaintained, and so it does not ship (vite.config.ts).
 */
const crypto = globalThis.crypto;
// biome-ignore lint/style/noDefaultExport: the module that it replaces has one.
export default crypto;
