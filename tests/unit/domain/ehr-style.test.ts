import { expect, it } from 'vitest';
import { colorSchemeOf } from '#src/domain/ehr-style.ts';

it.each([
  [{ color_background: '#ffffff' }, 'light'],
  [{ color_background: '#101820' }, 'dark'],
  [{ color_background: '#2e8b57' }, 'light'],
  [{ color_background: 'url(javascript:alert(1))' }, undefined],
  [{ color_background: 7 }, undefined],
  [{}, undefined],
  [null, undefined],
  ['#ffffff', undefined],
])('%j → %s', (style, scheme) => expect(colorSchemeOf(style)).toBe(scheme));
