import { UsageError } from '../command.ts';
import { readOptions } from '../options.ts';

export type AuditOptions = {
  /** Folder of FHIR NDJSON, or a server's base. */
  readonly from: string;
  readonly config: string | undefined;
  readonly json: boolean;
} & (
  | {
      readonly mode: 'anchor';
      readonly key: string | undefined;
      readonly out: string;
      readonly url: string | undefined;
    }
  | { readonly mode: 'verify'; readonly key: string; readonly anchors: string }
  | { readonly mode: 'retention' }
);

/** Throws `UsageError`. */
export function readAuditOptions(argv: readonly string[]): AuditOptions {
  const given = readOptions(argv, {
    anchor: { type: 'boolean', default: false },
    verify: { type: 'boolean', default: false },
    retention: { type: 'boolean', default: false },
    from: { type: 'string' },
    key: { type: 'string' },
    out: { type: 'string' },
    anchors: { type: 'string' },
    'anchor-url': { type: 'string' },
    config: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const { anchor, verify, retention, from, key, out, anchors, config, json } = given;
  if ([anchor, verify, retention].filter(Boolean).length !== 1)
    throw new UsageError('Give one of --anchor, --verify and --retention.');
  if (from === undefined) throw new UsageError('Give --from DIR or --from URL.');
  const both = { from, config, json };
  if (retention) return { mode: 'retention', ...both };
  if (anchor) {
    if (out === undefined)
      throw new UsageError('Give --out DIR: the next statement is numbered by those before it.');
    return { mode: 'anchor', ...both, key, out, url: given['anchor-url'] };
  }
  if (anchors === undefined)
    throw new UsageError('Give --anchors DIR: a copy of the statements that was kept outside.');
  if (key === undefined)
    throw new UsageError('Give --key FILE: the public key by which statements are checked.');
  return { mode: 'verify', ...both, key, anchors };
}
