import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#src/domain/audit/canonical-json.ts';

describe('the canonical text of a JSON value', () => {
  it('is that of RFC 8785', () => {
    // The example of its section 3.2, whose first number is 333333333.33333329 before it is read.
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    // Section 3.2.3: by UTF-16 units, not by code points, and not by any alphabet.
    const names = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect([...canonicalJson(names).matchAll(/:(\d)/g)].map(([, n]) => n).join('')).toBe('2467153');
  });

  it('is the same whatever the order of the members, and says the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        try {
          expect(canonicalJson(turned)).toBe(canonicalJson(value));
        } catch (cause) {
          expect(cause).toEqual(new TypeError(expect.stringContaining('half a character')));
          return;
        }
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '\ud800', undefined, Symbol('x')])(
    'there is none of %s',
    (value) => {
      expect(() => canonicalJson([value])).toThrow(TypeError);
    },
  );
});
