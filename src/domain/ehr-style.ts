/**
 * Light or dark, from the background colour of the EHR's `smart_style_url` (SMART 2.2 §3.0.10).
 * Nothing else of it is taken: contrast and the colours that carry meaning are ours to keep.
 */
export function colorSchemeOf(style: unknown): 'light' | 'dark' | undefined {
  if (typeof style !== 'object' || style === null || !('color_background' in style))
    return undefined;
  const { color_background: background } = style;
  const match = typeof background === 'string' && /^#([0-9a-f]{6})$/i.exec(background.trim());
  if (!match || match[1] === undefined) return undefined;
  const value = Number.parseInt(match[1], 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255].map(linear);
  // WCAG relative luminance; 0.18 is middle grey.
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0) < 0.18
    ? 'dark'
    : 'light';
}

const linear = (channel: number): number => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
