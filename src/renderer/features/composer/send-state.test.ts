import { describe, expect, it } from 'vitest';
import { sendObstacle } from './send-state.ts';

const open = { state: 'open', capacity: 64, sending: false } as const;
const bytes = (length: number) => ({ ok: true, parts: [{ type: 'bytes', bytes: new Uint8Array(length) }] }) as const;

describe('sending', () => {
  it('is possible up to the capacity, an empty message too', () => {
    expect(sendObstacle(open, false, true, bytes(64), 1)).toBeNull();
    expect(sendObstacle(open, false, true, bytes(0), 1)).toBeNull();
  });

  it('is not possible beyond it, and says by how much', () => {
    expect(sendObstacle(open, false, true, bytes(65), 1)).toContain('1 byte too long');
    expect(sendObstacle(open, false, true, bytes(1064), 1)).toContain('1,000 bytes too long');
  });

  it('says why it is not possible otherwise', () => {
    expect(sendObstacle(open, false, false, bytes(1), 1)).toContain('Lost the connection');
    expect(sendObstacle({ ...open, state: 'closed' }, false, true, bytes(1), 1)).toContain('closed');
    expect(sendObstacle({ ...open, state: 'failed' }, false, true, bytes(1), 1)).toContain('failed');
    expect(sendObstacle({ ...open, state: 'opening' }, false, true, bytes(1), 1)).toContain('opening');
    expect(sendObstacle({ ...open, sending: true }, false, true, bytes(1), 1)).toContain('Waiting');
    expect(sendObstacle(open, true, true, bytes(1), 1)).toContain('Waiting');
    expect(sendObstacle(open, false, true, { ok: false, at: 0, length: 1, message: 'Bad hex.' }, 1)).toBe('Bad hex.');
  });
});
