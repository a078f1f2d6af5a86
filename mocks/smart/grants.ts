import type { SandboxClock } from '../clock.ts';
import type { LaunchContext } from './launch-context.ts';

/** What a code, and then its tokens, stand for. */
export interface Grant {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly context: LaunchContext;
  readonly nonce?: string;
  /** All tokens that go back to one code: a replayed code revokes the family (RFC 6749 §4.1.2). */
  readonly family: string;
}

export interface PendingCode {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly challenge: string;
}

export interface AccessToken {
  readonly grant: Grant;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export type CodeUse =
  | { readonly kind: 'fresh'; readonly pending: PendingCode }
  | { readonly kind: 'unknown' | 'expired' | 'replayed' };

/** Launches, codes and tokens of one sandbox. Nothing is deleted but by revocation and where a launch works once. */
export interface Grants {
  addLaunch(context: LaunchContext): string;
  launch(token: string): LaunchContext | undefined;
  /** The launch token is good for nothing from now on. */
  endLaunch(token: string): void;
  addCode(pending: PendingCode): string;
  /** A code works once and for a minute; using it again takes back what the first use gave. */
  redeemCode(code: string): CodeUse;
  addAccessToken(grant: Grant, lifetimeSeconds: number): string;
  /** Undefined if unknown, revoked or expired. */
  accessToken(token: string): AccessToken | undefined;
  addRefreshToken(grant: Grant): string;
  refreshToken(token: string): Grant | undefined;
  /** A new refresh token in place of the old one, which is refused from now on. */
  rotate(token: string, grant: Grant): string;
  /** When the tokens of this family were last refreshed, in epoch ms. */
  lastRefresh(family: string): number | undefined;
  refreshed(family: string): void;
  revoke(token: string): void;
  /** Ends the life of an access token early; its refresh token stays good. */
  expire(token: string): void;
  newFamily(): string;
  /** False where this assertion was used before. */
  spendAssertion(jti: string): boolean;
}

const CODE_LIFETIME_MS = 60_000;

export function createGrants(clock: SandboxClock): Grants {
  const launches = new Map<string, LaunchContext>();
  const codes = new Map<string, { pending: PendingCode; expiresAt: number; used: boolean }>();
  const accessTokens = new Map<string, AccessToken>();
  const refreshTokens = new Map<string, Grant>();
  const refreshes = new Map<string, number>();
  const assertions = new Set<string>();

  function revokeFamily(family: string): void {
    for (const [token, { grant }] of accessTokens) {
      if (grant.family === family) accessTokens.delete(token);
    }
    for (const [token, grant] of refreshTokens) {
      if (grant.family === family) refreshTokens.delete(token);
    }
  }

  return {
    addLaunch: (context) => keep(launches, context),
    launch: (token) => launches.get(token),
    endLaunch: (token) => void launches.delete(token),
    addCode: (pending) =>
      keep(codes, { pending, expiresAt: clock.now() + CODE_LIFETIME_MS, used: false }),
    redeemCode(code) {
      const known = codes.get(code);
      if (known === undefined) return { kind: 'unknown' };
      if (known.used) {
        revokeFamily(known.pending.grant.family);
        return { kind: 'replayed' };
      }
      codes.set(code, { ...known, used: true });
      if (clock.now() > known.expiresAt) return { kind: 'expired' };
      return { kind: 'fresh', pending: known.pending };
    },
    addAccessToken(grant, lifetimeSeconds) {
      const issuedAt = clock.now();
      return keep(accessTokens, { grant, issuedAt, expiresAt: issuedAt + lifetimeSeconds * 1000 });
    },
    accessToken(token) {
      const known = accessTokens.get(token);
      return known !== undefined && clock.now() < known.expiresAt ? known : undefined;
    },
    addRefreshToken: (grant) => keep(refreshTokens, grant),
    refreshToken: (token) => refreshTokens.get(token),
    rotate(token, grant) {
      refreshTokens.delete(token);
      return keep(refreshTokens, grant);
    },
    lastRefresh: (family) => refreshes.get(family),
    refreshed: (family) => void refreshes.set(family, clock.now()),
    revoke(token) {
      const refresh = refreshTokens.get(token);
      // Revoking a refresh token ends the session that it stands for (RFC 7009 §2.1).
      if (refresh !== undefined) revokeFamily(refresh.family);
      accessTokens.delete(token);
    },
    expire(token) {
      const known = accessTokens.get(token);
      if (known !== undefined) accessTokens.set(token, { ...known, expiresAt: clock.now() });
    },
    newFamily: randomToken,
    spendAssertion(jti) {
      const fresh = !assertions.has(jti);
      assertions.add(jti);
      return fresh;
    },
  };
}

function keep<T>(map: Map<string, T>, value: T): string {
  const token = randomToken();
  map.set(token, value);
  return token;
}

/** 256 bits (SMART asks for at least 122). */
function randomToken(): string {
  return `${crypto.randomUUID()}${crypto.randomUUID()}`.replaceAll('-', '');
}
