import type { FhirResource } from 'fhir/r4';
import { withoutSlash } from '#src/domain/base-url.ts';
import type { Clock } from './clock.ts';
import { isResource, requireBundle, requireResource } from './fhir-body.ts';
import type {
  CreateResult,
  FhirGateway,
  RequestOptions,
  SearchPage,
  SearchQuery,
} from './gateway.ts';
import { belowBase, GUARDED, within } from './guarded-request.ts';
import { errorFromFailure, errorFromResponse, parseBody, refuseRedirect } from './http-errors.ts';

const FHIR_JSON = 'application/fhir+json';
const DEFAULT_CAP = 500;

/** Search parameters whose value must not stand in a URL, hence in no access log or history. */
const IDENTIFYING = new Set(['identifier', 'focus:identifier', 'subject:identifier', 'name']);

export interface HttpGatewayOptions {
  /** FHIR base without trailing slash. */
  readonly baseUrl: string;
  /** Headers that authorise a request now; refreshes the token first where it can. */
  readonly authorization: () => Promise<Readonly<Record<string, string>>>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly timeoutMs?: number;
}

/** FHIR over HTTP by `fetch`. fhirclient does the OAuth; requests are ours, see decision 0002. */
export class HttpGateway implements FhirGateway {
  readonly baseUrl: string;
  readonly #options: HttpGatewayOptions;

  constructor(options: HttpGatewayOptions) {
    this.baseUrl = withoutSlash(options.baseUrl);
    this.#options = options;
  }

  async read(type: string, id: string, options: RequestOptions = {}): Promise<FhirResource> {
    const { body } = await this.#send(
      `${type}/${encodeURIComponent(id)}`,
      { method: 'GET' },
      options,
    );
    return requireResource(body);
  }

  async search(
    query: SearchQuery,
    options: RequestOptions & { cap?: number } = {},
  ): Promise<SearchPage> {
    const cap = options.cap ?? DEFAULT_CAP;
    const matches: FhirResource[] = [];
    const included: FhirResource[] = [];
    let bundle = requireBundle((await this.#send(...searchRequest(query), options)).body);
    const { total } = bundle;
    const said = total === undefined ? {} : { total };
    for (;;) {
      for (const entry of bundle.entry ?? []) {
        if (!entry?.resource) continue;
        if (entry.search?.mode === 'include') included.push(entry.resource);
        // A search's warnings travel as an OperationOutcome entry; they are not matches.
        else if (entry.search?.mode !== 'outcome') matches.push(entry.resource);
      }
      const next = bundle.link?.find((link) => link?.relation === 'next')?.url;
      if (!next) return { matches, included, truncated: false, ...said };
      if (matches.length >= cap) return { matches, included, truncated: true, ...said };
      bundle = requireBundle((await this.#send(next, { method: 'GET' }, options)).body);
    }
  }

  async create(
    resource: FhirResource,
    options: RequestOptions & { ifNoneExist?: string } = {},
  ): Promise<CreateResult> {
    const headers: Record<string, string> = {
      'content-type': FHIR_JSON,
      prefer: 'return=representation',
    };
    if (options.ifNoneExist) headers['if-none-exist'] = options.ifNoneExist;
    const { response, body } = await this.#send(
      resource.resourceType,
      { method: 'POST', headers, body: JSON.stringify(resource) },
      options,
    );
    const created =
      isResource(body) && body.resourceType === resource.resourceType ? body : undefined;
    const location = response.headers.get('location') ?? response.headers.get('content-location');
    return {
      existed: response.status === 200,
      resource: created,
      reference: created?.id
        ? `${created.resourceType}/${created.id}`
        : referenceFromLocation(location, resource.resourceType),
      etag: response.headers.get('etag') ?? undefined,
    };
  }

  async update(
    resource: FhirResource & { id: string },
    options: RequestOptions & { ifMatch?: string } = {},
  ): Promise<FhirResource | undefined> {
    const headers: Record<string, string> = {
      'content-type': FHIR_JSON,
      prefer: 'return=representation',
    };
    if (options.ifMatch) headers['if-match'] = options.ifMatch;
    const { body } = await this.#send(
      `${resource.resourceType}/${encodeURIComponent(resource.id)}`,
      { method: 'PUT', headers, body: JSON.stringify(resource) },
      options,
    );
    return isResource(body) ? body : undefined;
  }

  async #send(
    target: string,
    init: RequestInit,
    { signal, keepalive = false }: RequestOptions,
  ): Promise<{ response: Response; body: unknown }> {
    const url = belowBase(target, this.baseUrl).href;
    const { clock, fetch, timeoutMs = 20_000 } = this.#options;
    return within(timeoutMs, clock, async (limit) => {
      try {
        const authorization = await this.#options.authorization();
        const response = await fetch(url, {
          ...init,
          headers: {
            accept: FHIR_JSON,
            ...(init.headers as Record<string, string>),
            ...authorization,
          },
          signal: signal ? AbortSignal.any([limit, signal]) : limit,
          keepalive,
          ...GUARDED,
        });
        refuseRedirect(response);
        const body = await parseBody(response);
        if (!response.ok) throw errorFromResponse(response, body, clock.now());
        return { response, body };
      } catch (cause) {
        throw errorFromFailure(cause, limit.aborted, signal?.aborted ?? false);
      }
    });
  }
}

function searchRequest(query: SearchQuery): [string, RequestInit] {
  const params = new URLSearchParams(query.params.map(([name, value]) => [name, value]));
  const identifying = query.params.some(([name]) => IDENTIFYING.has(name));
  if (!identifying) return [`${query.type}?${params}`, { method: 'GET' }];
  return [
    `${query.type}/_search`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: params.toString(),
    },
  ];
}

function referenceFromLocation(location: string | null, type: string): string | undefined {
  const match = location?.match(new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})(?:/_history/|$)`));
  return match?.[1] ? `${type}/${match[1]}` : undefined;
}
