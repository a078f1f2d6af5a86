import type { ReadResult } from '#src/domain/problem.ts';
import type { ModelCard } from '#src/domain/recommendation.ts';
import { chaiSections, markdownSections } from './card-sections.ts';
import { AI_TRANSPARENCY } from './codes.ts';
import { hasCode } from './datatypes.ts';
import {
  defined,
  get,
  isLonger,
  isObject,
  type Json,
  objects,
  type Problems,
  problem,
  text,
  token,
} from './read.ts';

/** Longest card that is read, in characters; the rest is cut and said to be. */
export const MAX_CARD = 200_000;

const MARKDOWN = ['text/markdown', 'text/x-markdown', 'text/plain'];
const XML = ['application/xml', 'text/xml'];

/**
 * A model card DocumentReference (AI-ModelCard): markdown or CHAI XML, as text that may be hostile and
 * must be rendered as text. A card given by `url` only is not fetched here; its address is passed on
 * where it is http(s). Fails when it is no DocumentReference or is entered in error.
 */
export function readModelCard(resource: unknown): ReadResult<ModelCard> {
  const refuse = (message: string, where?: string): ReadResult<ModelCard> => ({
    ok: false,
    problem: problem('malformed', message, where),
  });
  if (!isObject(resource) || get(resource, 'resourceType') !== 'DocumentReference') {
    return refuse('What is named as the model card is no document.');
  }
  if (get(resource, 'status') === 'entered-in-error') {
    return refuse('The model card was entered in error.', 'status');
  }
  const problems: Problems = [];
  const attachment = bestAttachment(resource);
  const format = formatOf(resource, attachment);
  const body = readBody(attachment, problems);
  const url = token(get(attachment, 'url'), 2_048);
  // An address that nobody can open is as good as none.
  const web = url !== undefined && /^https?:\/\//i.test(url) ? url : undefined;
  if (body === undefined && web === undefined) {
    problems.push(problem('missing', 'The model card is empty.', 'content'));
  }
  if (format === 'unknown') {
    const said = 'The model card is in a format that this app does not know.';
    problems.push(problem('unsupported', said, 'content'));
  }
  const sections = sectionsOf(format, body);
  return {
    ok: true,
    problems,
    value: defined<ModelCard>({ format, text: body, url: web, ...sections }),
  };
}

function readBody(attachment: Json, problems: Problems): string | undefined {
  const decoded = decode(get(attachment, 'data'), problems);
  if (isLonger(decoded, MAX_CARD)) {
    problems.push(problem('truncated', 'The model card is too long to show in full.'));
  }
  return text(decoded, MAX_CARD);
}

function sectionsOf(format: ModelCard['format'], body: string | undefined) {
  if (body === undefined) return {};
  return format === 'chai-xml' ? chaiSections(body) : markdownSections(body);
}

function bestAttachment(resource: Json): Json {
  const all = objects(get(resource, 'content'))
    .map((one) => get(one, 'attachment'))
    .filter(isObject);
  return all.find((one) => get(one, 'data') !== undefined) ?? all[0] ?? {};
}

function formatOf(resource: Json, attachment: Json): ModelCard['format'] {
  const type =
    token(String(get(attachment, 'contentType') ?? '').split(';')[0], 100)?.toLowerCase() ?? '';
  const category = (code: string) =>
    hasCode(get(resource, 'category'), AI_TRANSPARENCY.inputs, code);
  if (XML.includes(type) || category('AImodelCardCHAIformat')) return 'chai-xml';
  return MARKDOWN.includes(type) || category('AIModelCardMarkdownFormat') ? 'markdown' : 'unknown';
}

function decode(data: unknown, problems: Problems): string | undefined {
  if (typeof data !== 'string') return undefined;
  // Four base64 characters give three bytes; what lies beyond the limit is never decoded.
  const base64 = data.slice(0, MAX_CARD * 6).replace(/\s/g, '');
  try {
    const bytes = Uint8Array.from(
      atob(base64.slice(0, base64.length - (base64.length % 4))),
      (one) => one.charCodeAt(0),
    );
    return new TextDecoder('utf-8').decode(bytes);
  } catch (cause) {
    const why = cause instanceof Error ? cause.name : 'unknown';
    problems.push(
      problem('malformed', `The model card cannot be decoded (${why}).`, 'content.attachment.data'),
    );
    return undefined;
  }
}
