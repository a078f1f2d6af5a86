import source from './export-off-page.ts?worker&url';

interface TrustedPolicies {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

const trustedTypes = (globalThis as { readonly trustedTypes?: TrustedPolicies }).trustedTypes;

/** The page's policy lets no text be a script: this address, which the build made, is the one exception. */
const policy = trustedTypes?.createPolicy('clinician-feedback-export', {
  createScriptURL: (url) => {
    if (url !== source) throw new TypeError('No script of this app.');
    return url;
  },
});

export const startThread = (): Worker =>
  new Worker(policy?.createScriptURL(source) ?? source, { type: 'module' });
