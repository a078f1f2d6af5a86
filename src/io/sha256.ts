/** Hexadecimal SHA-256 of bytes. */
export async function sha256Of(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Hexadecimal SHA-256 of a text in UTF-8. */
export const sha256 = (text: string): Promise<string> => sha256Of(new TextEncoder().encode(text));
