import { create } from 'zustand';

/** What the main area shows. */
export type Page = 'session' | 'watch' | 'lens' | 'types' | 'alarms' | 'lab' | 'captures' | 'settings';

export const usePage = create<{ readonly page: Page }>(() => ({ page: 'session' }));

export const showPage = (page: Page): void => usePage.setState({ page });
