import {
  createRootRoute,
  createRoute,
  createRouter,
  useNavigate,
  useRouter,
} from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { ChangesScreen } from '#src/features/dashboard/changes-screen.tsx';
import { DashboardScreen } from '#src/features/dashboard/dashboard-screen.tsx';
import { DecisionsScreen } from '#src/features/dashboard/decisions-screen.tsx';
import type { Behind as BehindMark } from '#src/features/dashboard/sheets/sheet.ts';
import { useDashboardDeps } from '#src/state/dashboard/deps.ts';
import { type DashboardSearch, filterOf, toSearch } from '#src/state/dashboard/filter.ts';
import { periodOf } from '#src/state/dashboard/published.ts';
import { behindOf, toDrillSearch, weekOf } from './dashboard-drill.ts';
import { pageHistory } from './page-history.ts';

const root = createRootRoute();

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: toSearch,
  component: Overview,
});

const decisions = createRoute({
  getParentRoute: () => root,
  path: '/decisions',
  validateSearch: toDrillSearch,
  component: Decisions,
});

const changes = createRoute({
  getParentRoute: () => root,
  path: '/changes',
  validateSearch: toSearch,
  component: Changes,
});

const routeTree = root.addChildren([overview, decisions, changes]);

/** The pages of the dashboard. Their filters stand in the address, as plain words. */
export const dashboardRouter = () =>
  createRouter({
    routeTree,
    history: pageHistory('dashboard'),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const said = Object.entries(search).filter(([, value]) => typeof value === 'string');
      return said.length === 0 ? '' : `?${new URLSearchParams(said as [string, string][])}`;
    },
    defaultNotFoundComponent: Overview,
  });

function useFilter(search: DashboardSearch) {
  const { clock } = useDashboardDeps();
  const now = useMemo(() => clock.now(), [clock]);
  return useMemo(() => filterOf(search, now), [search, now]);
}

function Overview() {
  const search = toSearch(overview.useSearch());
  const filter = useFilter(useStable(search));
  const navigate = useNavigate();
  const onFilter = useCallback(
    (change: Readonly<Record<string, string | undefined>>) =>
      void navigate({
        to: '/',
        search: (now: object) => toSearch({ ...now, ...change }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const onBehind = useCallback(
    ({ week, ...mark }: BehindMark) =>
      void navigate({
        to: '/decisions',
        search: (now: object) => toDrillSearch({ ...now, ...mark, ...weekOf(week, filter) }),
      }),
    [navigate, filter],
  );
  const onChanges = useCallback(
    () => void navigate({ to: '/changes', search: (now: object) => toSearch({ ...now }) }),
    [navigate],
  );
  return (
    <DashboardScreen
      filter={filter}
      onBehind={onBehind}
      onChanges={onChanges}
      onFilter={onFilter}
    />
  );
}

/** The same value while the address says the same. */
function useStable<T>(value: T): T {
  const key = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is all of the value
  return useMemo(() => value, [key]);
}

function Decisions() {
  const search = useStable(decisions.useSearch());
  const filter = useFilter(search);
  const back = useBack();
  const period = useMemo(
    () =>
      search.week === undefined
        ? periodOf(filter)
        : { from: search.week, until: search.last ?? search.week },
    [search, filter],
  );
  const behind = useMemo(() => behindOf(search), [search]);
  return <DecisionsScreen behind={behind} onBack={back} period={period} />;
}

function Changes() {
  const filter = useFilter(useStable(changes.useSearch()));
  return <ChangesScreen filter={filter} onBack={useBack()} />;
}

/** To the overview with the same filters, whether or not one came from there. */
function useBack(): () => void {
  const navigate = useNavigate();
  const router = useRouter();
  return useCallback(() => {
    if (router.history.canGoBack()) router.history.back();
    else void navigate({ to: '/', search: (now: object) => toSearch({ ...now }) });
  }, [navigate, router]);
}
