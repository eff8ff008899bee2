/** What of a key press tells which shortcut it is. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether `press` is the shortcut `keys`, such as `Ctrl+Shift+P`, `Alt+Up` or `?`. ⌘ is as good as Ctrl. */
export function isPress(keys: string, press: Press): boolean {
  const parts = keys.split('+');
  const wanted = parts.at(-1) ?? '';
  const key = ARROWS[wanted] ?? wanted;
  if (press.key.toLowerCase() !== key.toLowerCase() && !isKeyUnderAlt(key, press)) return false;
  if ((press.ctrlKey || press.metaKey) !== parts.includes('Ctrl')) return false;
  if (press.altKey !== parts.includes('Alt')) return false;
  // Which signs need Shift is the keyboard's affair.
  return isSign(key) || press.shiftKey === parts.includes('Shift');
}

/** On a Mac, Alt makes another character of a key, and which key it was is left to its place. */
const isKeyUnderAlt = (key: string, { key: made, altKey, code }: Press): boolean =>
  altKey && !/^[a-z0-9]$/i.test(made) && (code === `Key${key.toUpperCase()}` || code === `Digit${key}`);

/** Whether a shortcut would be typed into a text field: it has no Ctrl and no Alt, and is a character. */
export const isTyped = (keys: string): boolean =>
  !/^(Ctrl|Alt)\+/.test(keys) && (keys.split('+').at(-1)?.length ?? 0) === 1;

const ARROWS: Readonly<Record<string, string>> = {
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
};

const isSign = (key: string): boolean => key.length === 1 && key.toLowerCase() === key.toUpperCase();
