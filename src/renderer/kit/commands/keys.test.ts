import { describe, expect, it } from 'vitest';
import { canonical, isByKey, isCommandHeld, isComposing, isPress, isTyped, letterOf, type Press } from './keys.ts';

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

it('a letter by itself is the one that the key makes, or that stands there where it makes no Latin one', () => {
  const presses = [
    press('a', { code: 'KeyQ', keyCode: 65 }),
    press('A', { code: 'KeyA' }),
    press('ф', { code: 'KeyA', keyCode: 65 }),
    press('Φ', { code: 'KeyF' }),
    press('ｂ', { code: 'KeyB' }),
    press('à', { code: 'Digit0' }),
    press('Enter', { code: 'Enter' }),
  ];
  expect(presses.map(letterOf)).toEqual(['a', 'a', 'a', 'f', 'b', '0', 'enter']);
});

/** Layouts as their keys arrive: what the key makes, where it is, what Windows calls it. */
const keyOn = {
  cyrillic: {
    p: ['з', 'KeyP', 80],
    s: ['ы', 'KeyS', 83],
    a: ['ф', 'KeyA', 65],
    n: ['т', 'KeyN', 78],
    q: ['й', 'KeyQ', 81],
  },
  greek: {
    p: ['π', 'KeyP', 80],
    s: ['σ', 'KeyS', 83],
    a: ['α', 'KeyA', 65],
    n: ['ν', 'KeyN', 78],
    q: [';', 'KeyQ', 81],
  },
  hebrew: {
    p: ['פ', 'KeyP', 80],
    s: ['ד', 'KeyS', 83],
    a: ['ש', 'KeyA', 65],
    n: ['מ', 'KeyN', 78],
    q: ['/', 'KeyQ', 81],
  },
  arabic: {
    p: ['ح', 'KeyP', 80],
    s: ['س', 'KeyS', 83],
    a: ['ش', 'KeyA', 65],
    n: ['ى', 'KeyN', 78],
    b: ['لا', 'KeyB', 66],
  },
  french: {
    p: ['p', 'KeyP', 80],
    s: ['s', 'KeyS', 83],
    a: ['a', 'KeyQ', 65],
    m: ['m', 'Semicolon', 77],
    q: ['q', 'KeyA', 81],
  },
  german: {
    p: ['p', 'KeyP', 80],
    s: ['s', 'KeyS', 83],
    z: ['z', 'KeyY', 90],
    y: ['y', 'KeyZ', 89],
    q: ['q', 'KeyQ', 81],
  },
  dvorak: {
    p: ['p', 'KeyR', 80],
    s: ['s', 'Semicolon', 83],
    a: ['a', 'KeyA', 65],
    q: ['q', 'KeyX', 81],
    x: ['x', 'KeyB', 88],
  },
  turkish: { p: ['p', 'KeyP', 80], s: ['s', 'KeyS', 83], i: ['ı', 'KeyI', 73], q: ['q', 'KeyQ', 81] },
} as const satisfies Record<string, Record<string, readonly [string, string, number]>>;

const KEYS = Object.entries(keyOn).flatMap(([layout, keys]) =>
  Object.entries(keys).map(([letter, [key, code, keyCode]]) => ({ layout, letter, key, code, keyCode })),
);

describe('a letter', () => {
  it.each(KEYS)('$letter on a $layout keyboard is the shortcut and no other', ({ letter, key, code, keyCode }) => {
    for (const told of [{ keyCode }, { keyCode: 0 }])
      for (const capital of [false, true]) {
        const made = press(capital ? key.toUpperCase() : key, { code, ...told });
        const answers = (mods: string, held: Partial<Press>) =>
          [...'abcdefghijklmnopqrstuvwxyz'].filter((each) =>
            isPress(`${mods}+${each.toUpperCase()}`, { ...made, ...held }),
          );
        expect(answers('Ctrl', { ctrlKey: true })).toEqual([letter]);
        expect(answers('Alt', { altKey: true })).toEqual([letter]);
        expect(answers('Ctrl+Shift', { ctrlKey: true, shiftKey: true })).toEqual([letter]);
        expect(answers('Ctrl', { ctrlKey: true, shiftKey: true })).toEqual([]);
      }
  });

  it('is none with AltGr, which Windows tells as Ctrl and Alt', () => {
    const altGr = { ctrlKey: true, altKey: true, getModifierState: (name: string) => name === 'AltGraph' };
    for (const [key, code] of [
      ['@', 'KeyQ'],
      ['€', 'KeyE'],
      ['µ', 'KeyM'],
      ['ł', 'KeyL'],
    ] as const)
      for (const keys of ['Ctrl', 'Alt', 'Ctrl+Alt'])
        expect(isPress(`${keys}+${code.slice(-1)}`, press(key, { code, ...altGr })), key).toBe(false);
    expect(isCommandHeld(press('@', { code: 'KeyQ', ...altGr }))).toBe(false);
  });

  it('is not where a sign is on Dvorak, by what Windows calls the key', () => {
    expect(isPress('Alt+Q', press("'", { code: 'KeyQ', keyCode: 222, altKey: true }))).toBe(false);
    expect(isPress('Ctrl+,', press(',', { code: 'KeyW', keyCode: 188, ctrlKey: true }))).toBe(true);
  });

  it('of another alphabet is none by itself', () => {
    expect(isPress('A', press('ф', { code: 'KeyA' }))).toBe(false);
  });
});

describe('a sign', () => {
  it.each([
    ['US', '?', 'Slash'],
    ['German', '?', 'Minus'],
    ['French', '?', 'KeyM'],
    ['Cyrillic', '?', 'Digit7'],
    ['Arabic', '؟', 'Slash'],
    ['Japanese, wide', '？', 'Slash'],
  ])('is known by itself wherever a %s keyboard has it', (_, key, code) => {
    expect(isPress('?', press(key, { code, shiftKey: true }))).toBe(true);
  });

  it('goes before the letter whose place it has', () => {
    const french = press(',', { code: 'KeyM', ctrlKey: true });
    expect(isByKey('Ctrl+,', french)).toBe(true);
    expect(isByKey('Ctrl+M', french)).toBe(false);
  });

  it('is a digit where a French keyboard needs Shift for it', () => {
    expect(isPress('Alt+5', press('(', { code: 'Digit5', altKey: true }))).toBe(true);
    expect(isPress('Alt+5', press('5', { code: 'Digit5', altKey: true, shiftKey: true }))).toBe(true);
  });
});

describe('an input method', () => {
  it('has the keys that it makes characters of, also the one that ends that', () => {
    expect(isComposing(press('Enter', { isComposing: true }))).toBe(true);
    expect(isComposing(press('Enter', { keyCode: 229 }))).toBe(true);
    expect(isComposing(press('Process'))).toBe(true);
    expect(isComposing(press('Enter', { keyCode: 13 }))).toBe(false);
  });
});

it('is compared by what is pressed, however it is written', () => {
  expect(canonical('Shift+Ctrl+P')).toBe(canonical('Ctrl+Shift+P'));
  expect(canonical('Shift+?')).toBe(canonical('?'));
  expect(canonical('Ctrl+Shift+P')).not.toBe(canonical('Ctrl+P'));
  expect(isPress('Space', press(' '))).toBe(true);
});
