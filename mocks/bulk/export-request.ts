import { refuse } from '../fhir/outcome.ts';

/** What a client asked to have exported. */
export interface ExportRequest {
  readonly level: 'system' | 'patient' | 'group';
  readonly groupId?: string;
  /** Undefined: every type. */
  readonly types: readonly string[] | undefined;
  /** Epoch ms. */
  readonly since: number | undefined;
}

const OPERATION = /^(?:(\$export)|Patient\/\$export|Group\/([A-Za-z0-9.-]+)\/\$export)$/;

export const isExport = (path: string): boolean => OPERATION.test(path);

/** Reads a kick-off, by POST or by GET (Bulk Data 2.0 §2.5.1). Throws a refusal. */
export async function readExportRequest(request: Request, path: string): Promise<ExportRequest> {
  const [, system, groupId] = OPERATION.exec(path) ?? [];
  if (!/\brespond-async\b/.test(request.headers.get('prefer') ?? '')) {
    throw refuse(400, 'An export needs Prefer: respond-async');
  }
  const asked =
    request.method === 'POST'
      ? fromParameters(await request.json())
      : [...new URL(request.url).searchParams];
  const values = (name: string) =>
    asked.filter(([one]) => one === name).flatMap(([, value]) => value.split(','));
  const [format = 'application/fhir+ndjson'] = values('_outputFormat');
  if (!['application/fhir+ndjson', 'application/ndjson', 'ndjson'].includes(format)) {
    throw refuse(400, 'Only NDJSON is exported');
  }
  const [since] = values('_since');
  if (since !== undefined && !/T.*(Z|[+-]\d\d:\d\d)$/.test(since)) {
    throw refuse(400, '_since is not an instant');
  }
  const types = values('_type');
  return {
    level: system !== undefined ? 'system' : groupId === undefined ? 'patient' : 'group',
    ...(groupId !== undefined && { groupId }),
    types: types.length === 0 ? undefined : types,
    since: since === undefined ? undefined : Date.parse(since),
  };
}

interface Parameter {
  readonly name?: string;
  readonly valueString?: string;
  readonly valueInstant?: string;
}

function fromParameters(body: unknown): [string, string][] {
  const { resourceType, parameter = [] } = body as {
    resourceType?: string;
    parameter?: readonly Parameter[];
  };
  if (resourceType !== 'Parameters') throw refuse(400, 'The body is not a Parameters resource');
  return parameter.map(({ name = '', valueString, valueInstant }) => [
    name,
    valueString ?? valueInstant ?? '',
  ]);
}
