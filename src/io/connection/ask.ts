import type { FhirResource } from 'fhir/r4';
import { get, isObject, line, objects } from '#src/fhir/read.ts';
import { GUARDED, within } from '#src/io/guarded-request.ts';
import type { CheckContext } from './context.ts';

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'OPTIONS';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sends the token, and only below the FHIR base. */
  readonly authorized?: boolean;
}

/** What came back. `silence`: no answer that may be read; a browser does not say why. */
export type Heard =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      /** Parsed where it is JSON. */
      readonly json: unknown;
      /** Epoch ms at the middle between question and answer. */
      readonly at: number;
    }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'silence'; readonly why: 'no answer' | 'timeout' };

const TIMEOUT_MS = 15_000;

/**
 * One request as the app would send it, without its error handling: a check wants to see the raw
 * answer. Never throws. The token leaves for the FHIR base only.
 */
export async function ask(
  context: AskContext,
  target: string,
  question: Question = {},
): Promise<Heard> {
  const url = new URL(target, `${context.base}/`);
  return within(TIMEOUT_MS, context.clock, (limit) => hear(context, url, question, limit));
}

type AskContext = Pick<CheckContext, 'base' | 'fetch' | 'clock' | 'origin' | 'eye' | 'signedIn'>;

async function hear(
  context: AskContext,
  url: URL,
  question: Question,
  signal: AbortSignal,
): Promise<Heard> {
  const { base, clock } = context;
  const start = clock.now();
  try {
    const authorization =
      question.authorized && isBelow(url, base) ? await context.signedIn?.authorization() : {};
    const response = await context.fetch(url.href, {
      method: question.method ?? 'GET',
      headers: {
        accept: 'application/fhir+json, application/json',
        // A browser sets this by itself, and lets nobody else.
        ...(context.eye === 'command-line' && context.origin && { origin: context.origin }),
        ...question.headers,
        ...authorization,
      },
      ...(question.body !== undefined && { body: question.body }),
      signal,
      ...GUARDED,
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
      return { kind: 'redirect' };
    const at = (start + clock.now()) / 2;
    const json = parsed(await response.text());
    return { kind: 'answer', status: response.status, headers: response.headers, json, at };
  } catch {
    return { kind: 'silence', why: signal.aborted ? 'timeout' : 'no answer' };
  }
}

/** Below the FHIR base: where the token may go. */
export function isBelow(url: URL, base: string): boolean {
  const own = new URL(`${base}/`);
  return url.origin === own.origin && `${url.pathname}/`.startsWith(own.pathname);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isOk = (heard: Heard): boolean =>
  heard.kind === 'answer' && heard.status >= 200 && heard.status < 300;

/** The body of a successful answer, where it is JSON. */
export const okJson = (heard: Heard): unknown =>
  heard.kind === 'answer' && isOk(heard) ? heard.json : undefined;

/** A successful answer that is a resource of this type. */
export function resourceOf<T extends FhirResource['resourceType']>(
  heard: Heard,
  type: T,
): Readonly<Record<string, unknown>> | undefined {
  const json = okJson(heard);
  return isObject(json) && get(json, 'resourceType') === type ? json : undefined;
}

/** "HTTP 422 (business-rule)"; none of the server's free text. */
export function heardInWords(heard: Heard): string {
  if (heard.kind === 'redirect') return 'a redirect, perhaps to a login page';
  if (heard.kind === 'silence')
    return heard.why === 'timeout'
      ? `no answer within ${TIMEOUT_MS / 1000} s`
      : 'no answer that may be read (unreachable, or refused by CORS)';
  const codes = outcomeIssues(heard.json).flatMap(({ code }) =>
    typeof code === 'string' && /^[a-z-]{2,30}$/.test(code) ? [code] : [],
  );
  return `HTTP ${heard.status}${codes.length > 0 ? ` (${[...new Set(codes)].join(', ')})` : ''}`;
}

/** The server's own words in an OperationOutcome, one line; may name a patient. */
export function serverWords(heard: Heard): string | undefined {
  if (heard.kind !== 'answer') return undefined;
  const [issue] = outcomeIssues(heard.json);
  return line(get(get(issue, 'details'), 'text')) ?? line(get(issue, 'diagnostics'));
}

const outcomeIssues = (json: unknown) =>
  get(json, 'resourceType') === 'OperationOutcome' ? objects(get(json, 'issue')) : [];
