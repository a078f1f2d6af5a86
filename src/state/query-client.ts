import { QueryClient } from '@tanstack/react-query';

/**
 * Server truth for one launch. Nothing is persisted. A failed read is tried once more: the clinician
 * has seconds, and a designed error with a button serves better than a long wait.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: 1,
        retryDelay: 500,
        staleTime: 30_000,
        // The browser's idea of being online is wrong often enough; a request says what is true.
        networkMode: 'always',
        refetchOnWindowFocus: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
