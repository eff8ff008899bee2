import { showPage, usePage } from '../view/page-store.ts';
import { PAGES } from './features.ts';

/** What the main area can show besides a session. Pressed again, it leads back to the session. */
export function Places() {
  const page = usePage((state) => state.page);
  return (
    <nav className="places" aria-label="Pages">
      {PAGES.map((place) => (
        <button
          key={place.id}
          type="button"
          className="bare-button place"
          aria-current={page === place.id ? 'page' : undefined}
          onClick={() => showPage(page === place.id ? 'session' : place.id)}
        >
          {place.icon}
          {place.label}
        </button>
      ))}
    </nav>
  );
}
