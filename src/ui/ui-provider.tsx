// In a layer: whichever part of the app is loaded first, our own rules win.
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/Skeleton.layer.css';
import './tokens.css';
import { createTheme, type MantineColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';

// The reader's system decides between light and dark. Nothing is stored: a shared ward computer has
// no owner, and in a framed app the browser may refuse storage.
const systemColorScheme: MantineColorSchemeManager = {
  get: () => 'auto',
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};

const theme = createTheme({ respectReducedMotion: true, fontFamily: 'var(--cf-font)' });

/**
 * Mantine with no inline style element, so that the page runs under `style-src 'self'`: variables
 * come from style sheets (tokens.css), responsive helper classes are not used. What is left are
 * custom properties set through the CSSOM, which a Content-Security-Policy does not govern.
 */
export function UiProvider({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={systemColorScheme}
      withCssVariables={false}
      withGlobalClasses={false}
      withStaticClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
