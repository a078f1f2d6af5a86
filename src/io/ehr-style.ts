import { colorSchemeOf } from '#src/domain/ehr-style.ts';

/**
 * Reads the EHR's style. Without token, from the issuer's own origin only; a style that cannot be
 * read is no reason to trouble anybody, so every failure is `undefined`.
 */
export async function readEhrScheme(
  styleUrl: string | undefined,
  issuer: string,
  fetch: typeof globalThis.fetch,
): Promise<'light' | 'dark' | undefined> {
  try {
    if (styleUrl === undefined || new URL(styleUrl).origin !== new URL(issuer).origin)
      return undefined;
    const response = await fetch(styleUrl, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    return response.ok ? colorSchemeOf(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}
