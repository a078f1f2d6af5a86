import type { Deps } from './deps.ts';
import { type RegistryView, registryServer } from './registry.ts';
import type { ReviewNotice } from './review-model.ts';
import { sentence, serverNames } from './server-notices.ts';

/**
 * That nobody can say which models may be used, and what follows: a registry out of reach must not look
 * like a quiet one.
 */
export function registryNotices(
  deps: Deps,
  { answer, pending, failing, reliable }: RegistryView,
  now: number,
): readonly ReviewNotice[] {
  if (pending || (reliable && !failing)) return [];
  const server = serverNames(deps, [registryServer(deps).baseUrl]);
  const { graceMinutes } = deps.config.governance;
  if (!reliable)
    return [
      {
        tone: 'error',
        title: 'AI advice is switched off',
        message: `${sentence(server)} does not say which models may be used. It is asked again every few seconds; decide without the AI.`,
        action: 'refresh',
      },
    ];
  const minutes = Math.max(0, Math.floor((now - (answer?.askedAt ?? now)) / 60_000));
  return [
    {
      tone: 'warning',
      title: 'It cannot be checked whether a model was stopped',
      message: `${sentence(server)} last said so ${minutes === 0 ? 'less than a minute' : `${minutes} min`} ago. After ${graceMinutes} min the advice is hidden.`,
      action: 'refresh',
    },
  ];
}
