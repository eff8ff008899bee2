import { DEFAULT_BUFFER_SIZE } from '../domain.ts';
import type { GivenChannel } from './schema-parts.ts';

/** The names of a channel whose section is given; its events get similar ones unless given. */
export const namesOf = (channel: GivenChannel) => {
  const { section = '', 'event-s2c': eventS2c = `${section}-s2c`, 'event-c2s': eventC2s = `${section}-c2s` } = channel;
  return { section, eventS2c, eventC2s };
};

export const shapeOf = ({ layout = 'sized', 'buffer-size': bufferSize = DEFAULT_BUFFER_SIZE }: GivenChannel) => ({
  layout,
  bufferSize,
});

/** What `{{…}}` may name of its channel in a program's arguments. */
export const CHANNEL_WORDS = ['section', 'event-s2c', 'event-c2s', 'layout', 'buffer-size'];
