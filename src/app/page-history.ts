import { createBrowserHistory } from '@tanstack/react-router';

/** Parameters that say which page this is and whose sign-in; the router sees the rest. */
const OURS = ['page', 'state', 'view'];

/**
 * A plain web server has one page, so the router's path stands in `view` and everything else where it
 * is: `index.html?page=dashboard&view=decisions&model=…`. An address holds filters and no patient.
 */
export function pageHistory(name: string) {
  return createBrowserHistory({
    parseLocation: () => {
      const { searchParams } = new URL(location.href);
      const view = searchParams.get('view') ?? '';
      for (const key of OURS) searchParams.delete(key);
      const pathname = `/${view}`;
      const search = searchParams.size === 0 ? '' : `?${searchParams}`;
      return {
        href: `${pathname}${search}`,
        pathname,
        search,
        hash: '',
        state: { __TSR_index: 0, ...history.state },
      };
    },
    createHref: (path) => {
      const page = new URL(location.href);
      const wanted = new URL(path, page.origin);
      const state = page.searchParams.get('state');
      const view = wanted.pathname.slice(1);
      const search = new URLSearchParams({ page: name });
      if (view !== '') search.set('view', view);
      for (const [key, value] of wanted.searchParams) search.append(key, value);
      if (state !== null) search.set('state', state);
      return `${page.pathname}?${search}`;
    },
  });
}
