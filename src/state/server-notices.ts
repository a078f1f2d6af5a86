import type { Deps } from './deps.ts';
import { serverName } from './read-servers.ts';
import type { ReviewNotice } from './review-model.ts';

/** These servers within a sentence; the EHR where none can be told. */
export function serverNames(deps: Deps, servers: readonly string[]): string {
  const names = [...new Set(servers.map((server) => serverName(deps, server)))];
  return names.length > 0 ? names.join(' and ') : 'the EHR';
}

export const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/**
 * What the hospital's store says of this patient and the EHR does not, or says otherwise. The number
 * agrees and nothing stops; the clinician must still see it before every answer.
 */
export function doubtNotices({ store }: Deps): readonly ReviewNotice[] {
  const { doubts = [], config } = store ?? {};
  return doubts.map(({ trait, why }) => ({
    tone: 'warning',
    title: 'Check that this is your patient',
    message:
      why === 'differs'
        ? `${config?.label} has another ${TRAIT[trait]} under this patient’s number.`
        : `${config?.label} knows no ${TRAIT[trait]}, so the patient was found by number alone.`,
  }));
}

const TRAIT = {
  'birth-date': 'birth date',
  gender: 'sex',
  'family-name': 'family name',
} as const;
