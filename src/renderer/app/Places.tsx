import { Archive16Regular, Settings16Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { type Page, showPage, usePage } from '../view/page-store.ts';

const PLACES: ReadonlyArray<{ readonly page: Page; readonly label: string; readonly icon: ReactNode }> = [
  { page: 'captures', label: 'Captures', icon: <Archive16Regular /> },
  { page: 'settings', label: 'Settings', icon: <Settings16Regular /> },
];

/** What the main area can show besides a session. Once more leads back to the session. */
export function Places() {
  const page = usePage((state) => state.page);
  return (
    <nav className="places" aria-label="Pages">
      {PLACES.map((place) => (
        <button
          key={place.page}
          type="button"
          className="place"
          aria-current={page === place.page ? 'page' : undefined}
          onClick={() => showPage(page === place.page ? 'session' : place.page)}
        >
          {place.icon}
          {place.label}
        </button>
      ))}
    </nav>
  );
}
