import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import * as v from 'valibot';
import { isSame, newSecret } from '../headless/secret.ts';
import { replaceFileSync } from '../replace-file.ts';

/** ms for a request to arrive, or be answered. */
const PATIENCE_MS = 5000;
/** More than any secret or address has. */
const MAX_LINE = 1000;

/** How to ask a process that serves a data folder. Only its user can read it. */
const deskSchema = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535)),
  secret: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_LINE)),
});
type Desk = v.InferOutput<typeof deskSchema>;

const folderOf = (dataDir: string) => path.join(dataDir, 'running');
const fileOf = (dataDir: string, pid: number) => path.join(folderOf(dataDir), `${pid}.json`);

/**
 * Gives a fresh address to each process of the same user that asks for one with {@link askForUrls}. Returns a function
 * that stops it.
 */
export async function serveUrlRequests(dataDir: string, newUrl: () => string): Promise<() => Promise<void>> {
  const secret = newSecret();
  const server = createServer((socket) => {
    readLine(socket)
      .then((line) => socket.end(isSame(line, secret) ? `${newUrl()}\n` : ''))
      .catch(() => socket.destroy());
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  const desk: Desk = { pid: process.pid, port, secret };
  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
  replaceFileSync(fileOf(dataDir, process.pid), JSON.stringify(desk));
  return async () => {
    rmSync(fileOf(dataDir, process.pid), { force: true });
    await new Promise((resolve) => server.close(resolve));
  };
}

/** A fresh address from each process that serves `dataDir`. Removes what processes that are gone have left. */
export async function askForUrls(dataDir: string): Promise<{ readonly pid: number; readonly url: string }[]> {
  const found = [];
  for (const { file, desk } of desksIn(dataDir)) {
    try {
      const url = desk && (await ask(desk));
      if (url) found.push({ pid: desk.pid, url });
    } catch (error) {
      // Nobody listens there any more.
      if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') rmSync(file, { force: true });
    }
  }
  return found;
}

function desksIn(dataDir: string): { readonly file: string; readonly desk: Desk | undefined }[] {
  let names: string[] = [];
  try {
    names = readdirSync(folderOf(dataDir));
  } catch {
    // Nothing has served this folder yet.
  }
  return names
    .filter((name) => /^\d+\.json$/.test(name))
    .map((name) => path.join(folderOf(dataDir), name))
    .map((file) => ({ file, desk: readDesk(file) }));
}

function readDesk(file: string): Desk | undefined {
  try {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), deskSchema), readFileSync(file, 'utf8'));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

async function ask({ port, secret }: Desk): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${secret}\n`);
  try {
    const line = await readLine(socket);
    return URL.canParse(line) ? line : undefined;
  } finally {
    socket.destroy();
  }
}

/** The first line to arrive. Rejects if none does in time. */
function readLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('Nothing came.')));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The other side has left.')));
    socket.on('data', (piece: string) => {
      text += piece;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > MAX_LINE) socket.destroy(new Error('That is not a line.'));
    });
  });
}
