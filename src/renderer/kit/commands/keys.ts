/**
 * The one place that turns a key event into a shortcut, on any keyboard layout: by the letter that the key makes and,
 * if that isn't Latin (Cyrillic, Greek, Hebrew …), by the letter that Windows itself uses there for shortcuts.
 */

/** The parts of a key press that determine its shortcut. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> &
  Partial<Pick<KeyboardEvent, 'keyCode' | 'isComposing' | 'getModifierState'>>;

/** React wraps the browser's event, which alone has everything. */
type KeyEvent = Press | { readonly nativeEvent: Press };
const pressOf = (event: KeyEvent): Press => ('nativeEvent' in event ? event.nativeEvent : event);

/** Whether `event` is the shortcut `keys`, such as `Ctrl+Shift+P`, `Alt+Up` or `?`. ⌘ is as good as Ctrl. */
export const isPress = (keys: string, event: KeyEvent): boolean => isByKey(keys, event) || isByPlace(keys, event);

/** By what the key makes. Capitals from Caps Lock are letters too. */
export function isByKey(keys: string, event: KeyEvent): boolean {
  const press = pressOf(event);
  const { key } = partsOf(keys);
  return madeBy(press) === key && isHeld(keys, press, isSign(key));
}

/** By where the key is, if what it makes isn't a letter of a shortcut. */
export function isByPlace(keys: string, event: KeyEvent): boolean {
  const press = pressOf(event);
  const { key } = partsOf(keys);
  return isCommandHeld(press) && placeOf(press) === key && isHeld(keys, press, isSign(key));
}

/** Ctrl, ⌘ or Alt is held, and not for typing: AltGr, which Windows reports as both Ctrl and Alt, makes characters. */
export function isCommandHeld(event: KeyEvent): boolean {
  const { ctrl, alt } = heldIn(pressOf(event));
  return ctrl || alt;
}

/**
 * The key belongs to an input method, which makes characters from several keys; so do the Enter or Escape that end it.
 */
export function isComposing(event: KeyEvent): boolean {
  const press = pressOf(event);
  return press.isComposing === true || press.keyCode === IN_COMPOSITION || press.key === 'Process';
}
const IN_COMPOSITION = 229;

/** Whether a shortcut would be typed into a text field: it has no Ctrl and no Alt, and is a character. */
export const isTyped = (keys: string): boolean =>
  !/^(Ctrl|Alt)\+/.test(keys) && (keys.split('+').at(-1)?.length ?? 0) === 1;

/** The same text for shortcuts with the same key press. */
export function canonical(keys: string): string {
  const { key, ctrl, alt, shift } = partsOf(keys);
  return [ctrl && 'ctrl', alt && 'alt', shift && !isSign(key) && 'shift', key].filter(Boolean).join('+');
}

function partsOf(keys: string) {
  const parts = keys.split('+');
  const last = parts.at(-1) ?? '';
  const key = (NAMES[last] ?? last).toLowerCase();
  return { key, ctrl: parts.includes('Ctrl'), alt: parts.includes('Alt'), shift: parts.includes('Shift') };
}

const NAMES: Readonly<Record<string, string>> = {
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Space: ' ',
};

/**
 * What the key makes: a wide letter of an East Asian keyboard is the letter, an Arabic question mark a question mark.
 */
function madeBy({ key }: Press): string {
  const made = key.length === 1 ? key.normalize('NFKC') : key;
  return made === '؟' ? '?' : made.toLowerCase();
}

/**
 * The letter or digit of the key's position for shortcuts; undefined if it makes a Latin letter of its own, or has
 * none.
 */
function placeOf(press: Press): string | undefined {
  const { code, keyCode = 0 } = press;
  const made = madeBy(press);
  if (/^[a-z]$/.test(made) || (/^[\x21-\x7e]{2,}$/.test(made) && !DEAD.includes(made))) return undefined;
  const place = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  // Windows' name for the key follows the layout: another letter's position may have a punctuation mark, as on Dvorak.
  if (keyCode >= LETTER_A && keyCode < LETTER_A + 26) return String.fromCharCode(keyCode).toLowerCase();
  if (keyCode !== 0 && place?.[1] && /^[ -~]$/.test(made)) return undefined;
  return (place?.[1] ?? place?.[2])?.toLowerCase();
}
const LETTER_A = 65;

/** Outside text fields, letters need no Ctrl: the one that the key makes or that its position has for shortcuts. */
export function letterOf(event: KeyEvent): string {
  const press = pressOf(event);
  return placeOf(press) ?? madeBy(press);
}
const DEAD: readonly string[] = ['dead', 'unidentified'];

function isHeld(keys: string, press: Press, anyShift: boolean): boolean {
  const wanted = partsOf(keys);
  const { ctrl, alt } = heldIn(press);
  // Which punctuation needs Shift depends on the keyboard.
  return ctrl === wanted.ctrl && alt === wanted.alt && (anyShift || press.shiftKey === wanted.shift);
}

function heldIn(press: Press): { readonly ctrl: boolean; readonly alt: boolean } {
  if (press.getModifierState?.('AltGraph')) return { ctrl: false, alt: false };
  return { ctrl: press.ctrlKey || press.metaKey, alt: press.altKey };
}

const isSign = (key: string): boolean => key.length === 1 && key !== ' ' && key.toLowerCase() === key.toUpperCase();
