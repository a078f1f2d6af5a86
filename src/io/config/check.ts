/**
 * A checker for the JSON Schema that `schema.ts` generates: it knows the keywords used there and no
 * others (a test asserts that), lists every bad field with its cure, and fills in defaults. It is
 * here because the clinician's launch must check its configuration and cannot afford zod.
 */
export interface ConfigProblem {
  /** "issuers[0].clientId" */
  readonly path: string;
  readonly message: string;
}

export interface JsonSchema {
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

/** The value with defaults filled in, and what is wrong with it (empty: nothing). */
export function checkAgainstSchema(
  schema: JsonSchema,
  value: unknown,
  path = '',
): { value: unknown; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  return { value: visit(schema, value, path, problems), problems };
}

function visit(schema: JsonSchema, value: unknown, path: string, out: ConfigProblem[]): unknown {
  const complain = (message: string) => {
    out.push({ path: path === '' ? '(the whole file)' : path, message });
    return value;
  };
  if (schema.const !== undefined && value !== schema.const)
    return complain(`must be ${JSON.stringify(schema.const)}`);
  if (schema.enum && !schema.enum.includes(value))
    return complain(`must be one of ${schema.enum.join(', ')}`);
  switch (schema.type) {
    case 'object':
      return isRecord(value) ? object(schema, value, path, out) : complain('must be an object');
    case 'array':
      return Array.isArray(value) ? array(schema, value, path, out) : complain('must be a list');
    case 'string':
      return typeof value === 'string' ? string(schema, value, complain) : complain('must be text');
    case 'boolean':
      return typeof value === 'boolean' ? value : complain('must be true or false');
    case 'integer':
    case 'number':
      return number(schema, value, complain);
    default:
      return value;
  }
}

function object(
  schema: JsonSchema,
  value: Record<string, unknown>,
  path: string,
  out: ConfigProblem[],
): unknown {
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  const result: Record<string, unknown> = Object.create(null);
  const known = schema.properties ?? {};
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(known, key)) continue;
    if (typeof schema.additionalProperties === 'object')
      result[key] = visit(schema.additionalProperties, value[key], at(key), out);
    else if (schema.additionalProperties === false)
      out.push({
        path: at(key),
        message: 'is not a known setting; remove it or check its spelling',
      });
  }
  for (const [key, child] of Object.entries(known)) {
    if (Object.hasOwn(value, key)) result[key] = visit(child, value[key], at(key), out);
    else if (child.default !== undefined) result[key] = structuredClone(child.default);
    else if (schema.required?.includes(key)) out.push({ path: at(key), message: 'is missing' });
  }
  return { ...result };
}

function array(schema: JsonSchema, value: unknown[], path: string, out: ConfigProblem[]): unknown {
  const here = path === '' ? '(the whole file)' : path;
  if (value.length < (schema.minItems ?? 0))
    out.push({ path: here, message: `needs at least ${schema.minItems}` });
  if (value.length > (schema.maxItems ?? Number.POSITIVE_INFINITY))
    out.push({ path: here, message: `takes at most ${schema.maxItems}` });
  const { items } = schema;
  return items ? value.map((one, i) => visit(items, one, `${path}[${i}]`, out)) : value;
}

function string(schema: JsonSchema, value: string, complain: (message: string) => unknown) {
  if (value.length < (schema.minLength ?? 0)) return complain('must not be empty');
  if (value.length > (schema.maxLength ?? Number.POSITIVE_INFINITY))
    return complain(`must be at most ${schema.maxLength} characters`);
  if (schema.pattern && !new RegExp(schema.pattern).test(value))
    return complain(schema.description ?? 'is not in the right form');
  return value;
}

function number(schema: JsonSchema, value: unknown, complain: (message: string) => unknown) {
  if (typeof value !== 'number' || !Number.isFinite(value)) return complain('must be a number');
  if (schema.type === 'integer' && !Number.isSafeInteger(value))
    return complain('must be a whole number');
  if (value < (schema.minimum ?? Number.NEGATIVE_INFINITY))
    return complain(`must be at least ${schema.minimum}`);
  if (value > (schema.maximum ?? Number.POSITIVE_INFINITY))
    return complain(`must be at most ${schema.maximum}`);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
