/** Gives the user a file, which the browser or the app keeps where the user says. */
export function download(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

/** Characters of a name, with which it is short enough for any file system in any encoding. */
const MAX_NAME = 60;
/** Names that are devices to Windows, whatever their end. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A file's name that no file system refuses, made of a name that people read. */
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
