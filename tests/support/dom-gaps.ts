import { beforeEach, vi } from 'vitest';

// What jsdom does not have and the app asks for: nobody prefers anything, and nothing scrolls.
beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined;
  vi.stubGlobal('matchMedia', (media: string) => ({
    media,
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
