import type { ExportChoice } from './export-deps.ts';

/** So many answers a page holds beside everything else; more is for the command line. */
export const MOST_DECISIONS = 100_000;

/** The command that does the same without a browser; the token comes from the environment. */
export const commandFor = (
  server: string,
  {
    profile,
    formats,
    freeText,
    settings,
  }: Pick<ExportChoice, 'profile' | 'formats' | 'freeText' | 'settings'>,
): string =>
  [
    'clinician-feedback export',
    `--from ${server}`,
    `--profile ${profile}`,
    `--format ${formats.join(',')}`,
    ...(freeText ? ['--with-free-text'] : []),
    ...(settings ? [`--settings ${settings.name}`] : []),
    '--out research-package',
  ].join(' ');

const CURES: Readonly<Record<string, string>> = {
  auth: 'Sign in again; nothing was exported.',
  forbidden:
    'Ask whoever grants rights for the scopes that docs/export-page.md names; nothing was exported.',
  offline: 'Check the network, then count again; nothing was exported.',
  timeout: 'Choose a shorter period, or count again later; nothing was exported.',
  busy: 'Count again later; nothing was exported.',
};

/** A failure of the server in words for who exports. Its own words are left out: they may name a patient. */
export const failureInWords = (kind: string, message: string): string =>
  `${message} ${CURES[kind] ?? 'Tell your informatics team; nothing was exported.'}`;
