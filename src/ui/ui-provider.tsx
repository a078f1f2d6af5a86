import './base.css';
import './tokens.css';
import { type ReactNode, useLayoutEffect } from 'react';
import { followSystemScheme } from './color-scheme.ts';

/** What every page stands on: the style sheets, and light or dark before anything is painted. */
export function UiProvider({ children }: { readonly children: ReactNode }) {
  useLayoutEffect(followSystemScheme, []);
  return children;
}
