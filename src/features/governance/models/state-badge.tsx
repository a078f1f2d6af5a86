import { isVisible, LIFECYCLE } from '#src/domain/governance/lifecycle/lifecycle.ts';
import type { StandingCode } from '#src/domain/governance/model-state.ts';
import { Badge } from '#src/ui/badge.tsx';
import { stateWords } from '../words.ts';

const STOPPED: readonly StandingCode[] = ['suspended', 'expired', 'unread', 'retired'];

/** The state in words; colour only adds to them. */
export function StateBadge({ state }: { readonly state: StandingCode }) {
  const lifecycle = LIFECYCLE.find((one) => one === state);
  const seen = lifecycle !== undefined && isVisible(lifecycle);
  const tone = STOPPED.includes(state)
    ? 'danger'
    : state === 'unknown' || state === 'restricted'
      ? 'warn'
      : seen
        ? 'clinician'
        : 'plain';
  return <Badge tone={tone}>{stateWords(state)}</Badge>;
}
