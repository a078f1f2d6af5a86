import { beforeEach, vi } from 'vitest';

// What jsdom does not have and the component library asks for: nobody prefers anything.
beforeEach(() => {
  vi.stubGlobal('matchMedia', (media: string) => ({
    media,
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
