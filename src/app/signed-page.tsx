import type { ComponentType } from 'react';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { ConfigError, loadConfig } from '#src/io/config/load.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import type { ServerSignInProps } from '#src/ui/server-sign-in.tsx';
import { NotOpened } from './not-opened.tsx';
import type { PagePlace } from './page-place.ts';
import { resumePage } from './resume-page.ts';
import { notSetUp } from './unopened.ts';

/** What a page with a sign-in of its own is made of. */
export interface SignedPageParts<D> {
  readonly place: PagePlace;
  readonly Signed: ComponentType<{ readonly deps: D }>;
  readonly SignIn: ComponentType<ServerSignInProps>;
  /** Throws `LaunchError`. */
  readonly open: (config: SiteConfig, page: URL) => Promise<D>;
  /** Leaves the page. Resolves with words where it could not. */
  readonly leave: (issuer: IssuerConfig) => Promise<string>;
}

/** For `React.lazy`: the page, its sign-in, or why there is neither. Never rejects for a known cause. */
export async function signedPage<D>(
  parts: SignedPageParts<D>,
  page: URL,
): Promise<{ default: ComponentType }> {
  const { Signed } = parts;
  try {
    const config = await loadConfig(fetch);
    const opened = await opening(parts, config, page);
    return {
      default: () =>
        'deps' in opened ? (
          <Signed deps={opened.deps} />
        ) : (
          <Unsigned config={config} parts={parts} refused={opened.refused} />
        ),
    };
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    const why = notSetUp(cause);
    return { default: () => <NotOpened why={why} /> };
  }
}

type Opening<D> = { readonly deps: D } | { readonly refused: string | undefined };

async function opening<D>(
  { place, open }: SignedPageParts<D>,
  config: SiteConfig,
  page: URL,
): Promise<Opening<D>> {
  if (!resumePage(place, page)) return { refused: undefined };
  try {
    return { deps: await open(config, page) };
  } catch (cause) {
    if (!(cause instanceof LaunchError)) throw cause;
    return { refused: `${cause.message} ${cause.cure}` };
  }
}

interface UnsignedProps<D> {
  readonly parts: SignedPageParts<D>;
  readonly config: SiteConfig;
  readonly refused: string | undefined;
}

function Unsigned<D>({ parts: { SignIn, leave }, config, refused }: UnsignedProps<D>) {
  const signIn = async (iss: string): Promise<string> => {
    const issuer = config.issuers.find((one) => one.iss === iss);
    return issuer ? leave(issuer) : 'This server is not configured.';
  };
  return (
    <SignIn
      onSignIn={signIn}
      refused={refused}
      servers={config.issuers.map(({ iss, label, store }) => ({
        iss,
        label: store ? `${store.label} (${label})` : label,
      }))}
      synthetic={config.synthetic}
    />
  );
}
