import { beforeEach, expect, test } from 'vitest';
import type { SessionSnapshot } from '../../../shared/session.ts';
import { useHost } from '../../host/host-store.ts';
import { chooseEncoding, encodingOf, sentEncodingOf, useChannelEncodings } from './channel-encodings.ts';

const session = (id: number, section: string) => ({ id, section }) as SessionSnapshot;

beforeEach(() => {
  useHost.setState({ sessions: [session(1, 'Local\\A'), session(2, 'Local\\B'), session(3, 'Local\\A')] });
  useChannelEncodings.setState([], true);
});

test('an encoding is chosen for a channel, and holds for each session on it', () => {
  chooseEncoding(1, { read: 'utf-16le' });
  expect([1, 2, 3].map((id) => encodingOf(id))).toEqual(['utf-16le', 'auto', 'utf-16le']);
});

test('text is sent in the encoding in which it is read, until another is chosen', () => {
  expect(sentEncodingOf(1)).toBe('utf-8');
  chooseEncoding(1, { read: 'utf-16le' });
  expect(sentEncodingOf(1)).toBe('utf-16le');
  chooseEncoding(1, { write: 'windows-1252' });
  expect([sentEncodingOf(1), encodingOf(1)]).toEqual(['windows-1252', 'utf-16le']);
});

test('what is as nothing had been chosen is not kept', () => {
  chooseEncoding(1, { read: 'koi8-r' });
  chooseEncoding(1, { read: 'auto' });
  chooseEncoding(9, { read: 'koi8-r' });
  expect(useChannelEncodings.getState()).toEqual([]);
});
