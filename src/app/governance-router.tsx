import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  useNavigate,
} from '@tanstack/react-router';
import { useMemo } from 'react';
import { CommentsScreen } from '#src/features/governance/comments/comments-screen.tsx';
import { IncidentsScreen } from '#src/features/governance/incidents/incidents-screen.tsx';
import { ModelScreen } from '#src/features/governance/models/model-screen.tsx';
import { RegistryScreen } from '#src/features/governance/models/registry-screen.tsx';
import { type Navigation, NavigationProvider } from '#src/features/governance/navigation.ts';
import { ReviewsScreen } from '#src/features/governance/reviews/reviews-screen.tsx';
import { WorklistScreen } from '#src/features/governance/worklist/worklist-screen.tsx';
import { pageHistory } from './page-history.ts';

const root = createRootRoute({ component: Root });

type About = Readonly<Record<'model', string | undefined>>;

/** Whatever an address holds; what is too long to be one of ours is left out. */
const toAbout = (raw: Readonly<Record<string, unknown>>): Partial<About> => {
  const word = (name: keyof About) => {
    const value = raw[name];
    return typeof value === 'string' && value !== '' && value.length <= 300
      ? { [name]: value }
      : {};
  };
  return word('model');
};

const registry = createRoute({ getParentRoute: () => root, path: '/', component: RegistryScreen });

const model = createRoute({
  getParentRoute: () => root,
  path: '/model',
  validateSearch: toAbout,
  component: () => <ModelScreen device={model.useSearch().model ?? ''} />,
});

const worklist = createRoute({
  getParentRoute: () => root,
  path: '/worklist',
  component: WorklistScreen,
});

const incidents = createRoute({
  getParentRoute: () => root,
  path: '/incidents',
  component: IncidentsScreen,
});

const comments = createRoute({
  getParentRoute: () => root,
  path: '/comments',
  component: CommentsScreen,
});

const reviews = createRoute({
  getParentRoute: () => root,
  path: '/reviews',
  component: ReviewsScreen,
});

const routeTree = root.addChildren([reviews, registry, worklist, model, incidents, comments]);

/** The screens of governance. Addresses name models and incidents, and no patient. */
export const governanceRouter = () =>
  createRouter({
    routeTree,
    history: pageHistory('governance'),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const said = Object.entries(search).filter(([, value]) => typeof value === 'string');
      return said.length === 0 ? '' : `?${new URLSearchParams(said as [string, string][])}`;
    },
    defaultNotFoundComponent: RegistryScreen,
  });

function Root() {
  const navigate = useNavigate();
  const navigation = useMemo<Navigation>(
    () => ({
      toRegistry: () => void navigate({ to: '/' }),
      toWorklist: () => void navigate({ to: '/worklist' }),
      toIncidents: () => void navigate({ to: '/incidents' }),
      toComments: () => void navigate({ to: '/comments' }),
      toReviews: () => void navigate({ to: '/reviews' }),
      toModel: (device) => void navigate({ to: '/model', search: { model: device } }),
    }),
    [navigate],
  );
  return (
    <NavigationProvider value={navigation}>
      <Outlet />
    </NavigationProvider>
  );
}
