import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface Download {
  readonly file: FileHandle;
  readonly name: string;
  readonly bytes: number;
}

/** A name as exports have it: no folder, no leading dot, nothing that could end a header. */
const EXPORT = /^\/exports\/([\p{L}\p{N}_][\p{L}\p{N}_.-]*)$/u;

/** The file itself, never the target of a link (on Windows there is no such flag, and links take an administrator). */
const AS_IT_IS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The export that a URL's path names; undefined if it names none. */
export async function findDownload(folder: string, pathname: string): Promise<Download | undefined> {
  const name = EXPORT.exec(decoded(pathname))?.[1];
  if (!name) return undefined;
  const file = await open(join(folder, name), AS_IT_IS).catch(() => undefined);
  const stat = await file?.stat();
  if (file && stat?.isFile()) return { file, name, bytes: stat.size };
  await file?.close();
  return undefined;
}

/** Makes the browser save the file and never show it: it holds what strangers sent. */
export async function sendDownload(
  { file, name, bytes }: Download,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': bytes,
    'Content-Disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  try {
    if (request.method === 'HEAD' || bytes === 0) response.end();
    // As much as announced, even if another program makes the file longer meanwhile.
    else await pipeline(file.createReadStream({ start: 0, end: bytes - 1 }), response);
  } catch {
    // The browser went away, or the file can't be read: sending less than announced tells it so.
    response.destroy();
  } finally {
    await file.close();
  }
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '';
  }
}
