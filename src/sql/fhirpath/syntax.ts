/** An expression of the subset of FHIRPath that the views use. */
export type Path =
  | { readonly kind: 'member'; readonly of: Path | undefined; readonly name: string }
  | {
      readonly kind: 'call';
      readonly of: Path | undefined;
      readonly name: string;
      readonly args: readonly Path[];
    }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | {
      readonly kind: 'binary';
      readonly operator: '=' | '!=' | 'and' | 'or' | '|';
      readonly left: Path;
      readonly right: Path;
    };

/** What stands in a path that this subset does not know. */
export class FhirPathError extends Error {
  constructor(path: string, at: number, expected: string) {
    super(`${expected} is expected at ${at} of the path ${path}`);
    this.name = 'FhirPathError';
  }
}

type Token = { readonly at: number } & (
  | { readonly kind: 'name' | 'string' | 'number' | 'sign'; readonly text: string }
  | { readonly kind: 'end'; readonly text: '' }
);

const TOKEN = /([A-Za-z_]\w*)|'([^'\\]*)'|(\d+(?:\.\d+)?)|(!=|[().=|,])/y;

function tokens(path: string): readonly Token[] {
  const found: Token[] = [];
  const end = path.trimEnd().length;
  for (let at = afterBlanks(path, 0); at < end; at = afterBlanks(path, TOKEN.lastIndex)) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(path);
    if (match === null) throw new FhirPathError(path, at, 'A name, a string or a sign');
    const [, name, string, number, sign] = match;
    if (name !== undefined) found.push({ kind: 'name', text: name, at });
    else if (string !== undefined) found.push({ kind: 'string', text: string, at });
    else if (number !== undefined) found.push({ kind: 'number', text: number, at });
    else found.push({ kind: 'sign', text: sign ?? '', at });
  }
  return [...found, { kind: 'end', text: '', at: path.length }];
}

function afterBlanks(path: string, from: number): number {
  let at = from;
  while (path.charAt(at).trim() === '' && at < path.length) at++;
  return at;
}

/** `or` binds least, then `and`, `=` and `!=`, `|`, and the dot most, as FHIRPath says. */
const OPERATORS = [['or'], ['and'], ['=', '!='], ['|']] as const;

/** @throws FhirPathError. */
export function parsePath(path: string): Path {
  const all = tokens(path);
  let next = 0;
  const peek = () => all[next] ?? { kind: 'end' as const, text: '' as const, at: path.length };
  const fail = (expected: string): never => {
    throw new FhirPathError(path, peek().at, expected);
  };
  const takes = (text: string): boolean => {
    const { kind } = peek();
    if (kind === 'string' || kind === 'end' || peek().text !== text) return false;
    next++;
    return true;
  };

  function binary(level: number): Path {
    const operators = OPERATORS[level];
    if (operators === undefined) return chain();
    let left = binary(level + 1);
    for (;;) {
      const operator = operators.find((one) => takes(one));
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: binary(level + 1) };
    }
  }

  function chain(): Path {
    let path = primary();
    while (takes('.')) path = step(path);
    return path;
  }

  function primary(): Path {
    if (takes('(')) {
      const inner = binary(0);
      if (!takes(')')) fail('A closing bracket');
      return inner;
    }
    const { kind, text } = peek();
    if (kind === 'string' || kind === 'number') {
      next++;
      return { kind: 'literal', value: kind === 'number' ? Number(text) : text };
    }
    if (takes('true')) return { kind: 'literal', value: true };
    if (takes('false')) return { kind: 'literal', value: false };
    return step(undefined);
  }

  function step(of: Path | undefined): Path {
    const { kind, text: name } = peek();
    if (kind !== 'name') fail('A name');
    next++;
    if (!takes('(')) return { kind: 'member', of, name };
    const args: Path[] = [];
    if (!takes(')')) {
      do args.push(binary(0));
      while (takes(','));
      if (!takes(')')) fail('A closing bracket');
    }
    return { kind: 'call', of, name, args };
  }

  const whole = binary(0);
  if (peek().kind !== 'end') fail('The end');
  return whole;
}
