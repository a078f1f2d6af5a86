import { securityHeaders } from '#src/io/csp.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { readConfigFile } from './config-file.ts';
import { readOptions } from './options.ts';

type Headers = Readonly<Record<string, string>>;

const quoted = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** One writer per web server; assets carry a hash in their name, HTML must not be cached. */
const WRITERS: Readonly<Record<string, (headers: Headers) => string>> = {
  nginx: (headers) =>
    [
      '# Inside the server block. nginx drops inherited headers in a location that adds its own.',
      'location / {',
      '  add_header Cache-Control "no-cache" always;',
      ...lines(headers, (name, value) => `  add_header ${name} ${quoted(value)} always;`),
      '}',
      'location /assets/ {',
      '  add_header Cache-Control "public, max-age=31536000, immutable" always;',
      ...lines(headers, (name, value) => `  add_header ${name} ${quoted(value)} always;`),
      '}',
    ].join('\n'),
  apache: (headers) =>
    [
      '# Needs mod_headers.',
      'Header always set Cache-Control "no-cache"',
      ...lines(headers, (name, value) => `Header always set ${name} ${quoted(value)}`),
      '<LocationMatch "/assets/">',
      '  Header always set Cache-Control "public, max-age=31536000, immutable"',
      '</LocationMatch>',
    ].join('\n'),
  caddy: (headers) =>
    [
      'header {',
      '  Cache-Control "no-cache"',
      ...lines(headers, (name, value) => `  ${name} ${quoted(value)}`),
      '}',
      '@assets path */assets/*',
      'header @assets Cache-Control "public, max-age=31536000, immutable"',
    ].join('\n'),
};

function lines(headers: Headers, write: (name: string, value: string) => string): string[] {
  return Object.entries(headers).map(([name, value]) => write(name, value));
}

export const headersCommand: Command = {
  name: 'headers',
  summary: 'print the security headers that a web server must send with the app',
  help: `clinician-feedback headers --config FILE --for nginx|apache|caddy

Prints the Content-Security-Policy and its companions for the servers and frames that FILE
(config.json) names, in the language of the web server. Run it again when FILE changes.

  --config FILE   the site's config.json (default: public/config.json)
  --for SERVER    nginx, apache or caddy
`,
  async run(argv) {
    const options = readOptions(argv, {
      config: { type: 'string', default: 'public/config.json' },
      for: { type: 'string' },
    });
    const write = Object.hasOwn(WRITERS, options.for ?? '')
      ? WRITERS[options.for ?? '']
      : undefined;
    if (!write) throw new UsageError(`--for takes ${Object.keys(WRITERS).join(', ')}.`);
    const config = await readConfigFile(options.config ?? 'public/config.json');
    process.stdout.write(`${write(securityHeaders(config))}\n`);
    return EXIT.done;
  },
};
