import { BulkError } from './bulk-error.ts';

/** Only over https, or to this machine. */
export const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' ||
  (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));

/**
 * An address that a server named, if it lies where it may: at the server's own origin or at one that
 * the site has allowed. A manifest is data of a server, and must not say where a token goes.
 */
export function allowedAddress(
  text: string,
  {
    baseUrl,
    allowedOrigins,
  }: { readonly baseUrl: string; readonly allowedOrigins: readonly string[] },
): URL {
  if (!URL.canParse(text, `${baseUrl}/`))
    throw new BulkError('bad-manifest', 'The server named an address that is none.');
  const url = new URL(text, `${baseUrl}/`);
  if (url.origin === new URL(baseUrl).origin || allowedOrigins.includes(url.origin)) return url;
  throw new BulkError(
    'foreign-file',
    `The server pointed outside its own address, to ${url.origin}. Nothing was sent there.`,
  );
}
