/**
 * A FHIR base without trailing slashes, as bases are compared. By hand, not by pattern: `iss` comes
 * from a link, and may be a million slashes.
 */
export function withoutSlash(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}
