import { describe, expect, it } from 'vitest';
import { isPress, isTyped, type Press } from './keys.ts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ...{ code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
  ...held,
});

describe('a shortcut', () => {
  it('takes the letter in either case, and the modifiers exactly', () => {
    expect(isPress('Ctrl+Shift+P', press('P', { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(isPress('Ctrl+Shift+P', press('p', { ctrlKey: true }))).toBe(false);
    expect(isPress('Ctrl+S', press('s', { ctrlKey: true, altKey: true }))).toBe(false);
    expect(isPress('Ctrl+S', press('s'))).toBe(false);
  });

  it('takes the command key of a Mac for Ctrl', () => {
    expect(isPress('Ctrl+S', press('s', { metaKey: true }))).toBe(true);
  });

  it('takes the key by its place where Alt makes another character of it, and by its letter elsewhere', () => {
    expect(isPress('Alt+N', press('Dead', { code: 'KeyN', altKey: true }))).toBe(true);
    expect(isPress('Alt+5', press('∞', { code: 'Digit5', altKey: true }))).toBe(true);
    expect(isPress('Alt+Q', press('a', { code: 'KeyQ', altKey: true }))).toBe(false);
  });

  it('takes a sign with or without Shift, as the keyboard has it', () => {
    expect(isPress('?', press('?', { shiftKey: true }))).toBe(true);
    expect(isPress('?', press('?'))).toBe(true);
  });

  it('names the arrows by their direction', () => {
    expect(isPress('Alt+Up', press('ArrowUp', { altKey: true }))).toBe(true);
    expect(isPress('Alt+Up', press('ArrowDown', { altKey: true }))).toBe(false);
  });

  it('belongs to a text field when it would be typed there', () => {
    expect(['?', 'Ctrl+S', 'Alt+S', 'F5', 'Escape'].map(isTyped)).toEqual([true, false, false, false, false]);
  });
});
