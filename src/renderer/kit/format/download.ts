/** Saves a file where the user tells the browser or the app to. */
export function download(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

/** Characters of a name that is short enough for any file system in any encoding. */
const MAX_NAME = 60;
/** Names that are devices in Windows, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A file name that no file system refuses, derived from a readable name. */
export function fileName(name: string, end: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N} ._-]+/gu, ' ')
    .replace(/^[ .]+/, '');
  const short = [...plain]
    .slice(0, MAX_NAME)
    .join('')
    .replace(/[ .]+$/, '')
    .replace(DEVICE, '$&_');
  return `${short || 'file'}.${end}`;
}
