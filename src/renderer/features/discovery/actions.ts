import type { Api } from '../../../shared/api.ts';
import type { FoundSection } from '../../../shared/discovery.ts';
import { DEFAULT_EVENT_C2S, DEFAULT_EVENT_S2C } from '../../../shared/domain.ts';
import { notify } from '../../host/notices-store.ts';
import { selectWhenListed } from '../../view/selection-store.ts';
import { newSession } from '../new-session/store.ts';
import { closeDetails } from './details-store.ts';

/** A section as a session names it, and the layout where its bytes prove one. Events that were not found are ''. */
const namesOf = ({ name, events }: FoundSection) => ({
  section: name,
  eventS2c: events.s2c ?? '',
  eventC2s: events.c2s ?? '',
});

/** Opens a tap at once: it only looks, so nothing has to be asked first. */
export async function tapChannel(api: Api, section: FoundSection): Promise<void> {
  const layout = section.reading?.layout ?? section.reading?.likely[0] ?? 'auto';
  const result = await api.open({
    ...{ kind: 'tap', role: 'tap', ...namesOf(section) },
    ...{ layout: section.reading?.certainty === 'certain' ? 'auto' : layout, mode: 'adaptive', follow: false },
  });
  if (!result.ok) return notify("Couldn't open the tap", result.failure);
  closeDetails();
  selectWhenListed(result.value.id);
}

/** A client takes part in the channel, so the dialog is shown first, with its names. */
export function connectTo(section: FoundSection): void {
  const { eventS2c, eventC2s, ...names } = namesOf(section);
  closeDetails();
  newSession('client', {
    ...names,
    eventS2c: eventS2c || DEFAULT_EVENT_S2C,
    eventC2s: eventC2s || DEFAULT_EVENT_C2S,
  });
}
