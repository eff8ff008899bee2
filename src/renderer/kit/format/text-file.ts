import { sourceEncoding } from '../../../shared/text/source-text.ts';
import { decodeUtf8 } from '../../../shared/text/utf8.ts';
import { formatSize } from './bytes.ts';

export type ReadText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/**
 * The text of a file that the user has chosen, in UTF-8, or in UTF-16 with its byte order mark. `most`: the most bytes
 * that are read. `otherwise`: the encoding assumed for other files.
 */
export async function readTextFile(
  file: Pick<File, 'size' | 'slice'>,
  most: number,
  otherwise?: 'windows-1252',
): Promise<ReadText> {
  const tooLarge = { ok: false, message: `It is larger than ${formatSize(most)}.` } as const;
  if (file.size > most) return tooLarge;
  try {
    // It may grow, and a device tells no size.
    const bytes = new Uint8Array(await file.slice(0, most + 1).arrayBuffer());
    if (bytes.length > most) return tooLarge;
    const encoding = sourceEncoding(bytes);
    const known = otherwise === undefined || encoding !== 'utf-8' || decodeUtf8(bytes) !== null ? encoding : otherwise;
    return { ok: true, text: new TextDecoder(known, { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, message: "It isn't UTF-8 text." };
    return { ok: false, message: 'It was changed, moved or deleted. Choose it again.' };
  }
}
