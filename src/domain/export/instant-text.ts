const MINUTE = 60_000;
/** `Date` knows no instant beyond it. */
const LAST = 8.64e15;

/**
 * ISO 8601 with milliseconds and offset, from which the same instant is read back.
 * @param offsetMinutes east of Greenwich; 0 is written `Z`.
 */
export function instantText(epochMs: number, offsetMinutes: number): string {
  const local = epochMs + offsetMinutes * MINUTE;
  if (offsetMinutes === 0 || Math.abs(local) > LAST) return new Date(epochMs).toISOString();
  const absolute = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  const zone = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
  return `${new Date(local).toISOString().slice(0, -1)}${zone}`;
}
