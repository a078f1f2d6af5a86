import { createContext, useContext } from 'react';

/** Where one can go on this page; an address names a model or an incident, and no patient. */
export interface Navigation {
  readonly toRegistry: () => void;
  readonly toWorklist: () => void;
  readonly toIncidents: () => void;
  readonly toComments: () => void;
  readonly toReviews: () => void;
  readonly toModel: (device: string) => void;
}

const Context = createContext<Navigation | undefined>(undefined);
export const NavigationProvider = Context.Provider;

export function useNavigation(): Navigation {
  const found = useContext(Context);
  if (!found) throw new Error('useNavigation needs a NavigationProvider above it.');
  return found;
}
