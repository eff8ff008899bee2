import type { Discovery } from '../../shared/discovery.ts';
import { bareLocal } from '../../shared/object-name.ts';

/** A channel, by the names of its objects. */
export interface NamedChannel {
  readonly section: string;
  readonly events: readonly string[];
}

/** @param events unknown ones are '' */
export const namedChannel = (section: string, events: readonly string[]): NamedChannel => ({
  section: bareLocal(section),
  events: events.filter((name) => name !== '').map(bareLocal),
});

/** Those whose events are known because a process holds them, not by their names. */
export const heldChannels = (found: Discovery | null): NamedChannel[] =>
  (found?.channels ?? [])
    .filter(({ events }) => events.evidence === 'held')
    .map(({ name, events: { s2c, c2s } }) => namedChannel(name, [s2c ?? '', c2s ?? '']));

/** A channel whose events weren't named, with those that its programs hold. */
export const withEvents = (channel: NamedChannel, held: readonly NamedChannel[]): NamedChannel =>
  channel.events.length > 0 ? channel : (held.find(({ section }) => section === channel.section) ?? channel);

/** Other channels that use events of this one, with a sentence that names both. */
export function crosstalkOf(
  { section, events }: NamedChannel,
  channels: readonly NamedChannel[],
): { readonly other: string; readonly detail: string }[] {
  return channels.flatMap((channel) => {
    const shared = events.filter((name) => channel.events.includes(name));
    if (shared.length === 0 || channel.section === section) return [];
    return { other: channel.section, detail: detail(section, channel.section, shared) };
  });
}

const detail = (section: string, other: string, shared: readonly string[]): string => {
  const events = shared.map((name) => `"${name}"`).join(' and ');
  return `The channels "${section}" and "${other}" use the same ${shared.length > 1 ? 'events' : 'event'} ${events}: each takes wakes that are meant for the other, so messages are found late and wakes come without one. Give each channel events of its own; programs of the crate always use the same two, so run only one such server at a time.`;
};
