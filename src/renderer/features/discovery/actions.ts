import type { Api } from '../../../shared/api.ts';
import type { FoundSection } from '../../../shared/discovery.ts';
import { DEFAULT_EVENT_C2S, DEFAULT_EVENT_S2C } from '../../../shared/domain.ts';
import type { Result } from '../../../shared/failure.ts';
import type { SessionSnapshot } from '../../../shared/session.ts';
import { notify } from '../../host/notices-store.ts';
import { selectWhenListed } from '../../view/selection-store.ts';
import { showLens } from '../lens/lens-store.ts';
import type { Names } from '../new-session/form.ts';
import { newSession } from '../new-session/store.ts';
import { closeDetails } from './details-store.ts';

/** As a session names them. Events that weren't found are ''. */
const namesOf = ({ name, events }: FoundSection) => ({
  section: name,
  eventS2c: events.s2c ?? '',
  eventC2s: events.c2s ?? '',
});

/** Opens a tap at once: it only looks, so there is nothing to ask first. */
export const tapChannel = (api: Api, section: FoundSection): Promise<void> => tapNames(api, namesOf(section));

/** The same for a channel by its names; an event's may be ''. */
export async function tapNames(api: Api, { section, eventS2c, eventC2s }: Names): Promise<void> {
  const names = { kind: 'tap', role: 'tap', section, eventS2c, eventC2s } as const;
  show(await api.open({ ...names, layout: 'auto', mode: 'adaptive', follow: false }), "Couldn't open the tap");
}

/** Watches any section's bytes, which only looks too. */
export async function watchBytes(api: Api, { name }: FoundSection): Promise<void> {
  const options = { kind: 'raw', role: 'raw', section: name, eventS2c: '', eventC2s: '', snapshotMs: null } as const;
  show(await api.open(options), "Couldn't watch the section");
}

/** The session that was opened, or why none was. */
function show(result: Result<SessionSnapshot>, title: string): void {
  if (!result.ok) notify(title, result.failure);
  else {
    closeDetails();
    selectWhenListed(result.value.id);
  }
}

/** What the section's bytes are under each layout. */
export function lookThroughLens({ name }: FoundSection): void {
  closeDetails();
  showLens({ of: 'section', name });
}

/** A client takes part in the channel, so the dialog is shown first, with the names filled in. */
export function connectTo(section: FoundSection): void {
  const { eventS2c, eventC2s, ...names } = namesOf(section);
  closeDetails();
  newSession('client', {
    ...names,
    eventS2c: eventS2c || DEFAULT_EVENT_S2C,
    eventC2s: eventC2s || DEFAULT_EVENT_C2S,
  });
}
