import { refuse } from './outcome.ts';

export type ParsedBody = unknown;

const JSON_TYPES = ['application/fhir+json', 'application/json', 'application/json-patch+json'];
const FORM = 'application/x-www-form-urlencoded';

/** The body as the router takes it: parsed JSON, or the fields of a `_search` form. */
export async function parseBody(request: Request, isSearch: boolean): Promise<ParsedBody> {
  if (request.method === 'GET' || request.method === 'DELETE') return undefined;
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
  const text = await request.text();
  if (isSearch) {
    if (text !== '' && type !== FORM) throw refuse(415, `A search is sent as ${FORM}`);
    return fields(text);
  }
  if (!JSON_TYPES.includes(type)) throw refuse(415, 'Send application/fhir+json');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw refuse(400, `The body is not JSON: ${String(error)}`, { code: 'structure' });
  }
}

function fields(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    found[name] = [...(found[name] ?? []), value];
  }
  return found;
}
