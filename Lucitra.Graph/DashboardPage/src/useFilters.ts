import { useCallback, useEffect, useState } from 'preact/hooks';
import { read, write, type Filters } from './filters.ts';

/** What the pickers hold, kept in the address: it can be bookmarked, and the browser's back button undoes a choice. */
export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [filters, setFilters] = useState(() => read(location.search));
  useEffect(() => {
    const restore = () => setFilters(read(location.search));
    addEventListener('popstate', restore);
    return () => removeEventListener('popstate', restore);
  }, []);
  const change = useCallback((changed: Partial<Filters>) => {
    const next = { ...read(location.search), ...changed };
    history.pushState(null, '', location.pathname + write(next));
    setFilters(next);
  }, []);
  return [filters, change];
}
