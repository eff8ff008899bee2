/** The command line as built: `node out/main/cli.js`. */
import { readdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { commandLine, type Line, parsed, shown } from './testing.ts';

// A process starts slowly when all processors are busy.
vi.setConfig({ testTimeout: 30_000 });

const { channel, close, file, killAll, opened, run, runtime } = commandLine('cli');
afterEach(killAll);
afterAll(close);

describe('a server and a client', () => {
  test('send and receive in the order given, and say exit at last', async () => {
    const names = channel();
    writeFileSync(file('message'), Uint8Array.of(0xff, 0, 0xfe));
    const sends = ['--send', 'one', '--send-hex', '0000  74 77 6F  two', '--send-file', file('message')];
    // Each sends once the other is known to be there: a second in an unread slot would be too long.
    const server = await opened('server', ...names, '--receive', '1', ...sends, '--receive', '2', '--send-close');
    const sendsBack = ['--send', 'a', '--send', '', '--receive', '9'];
    const client = await run('client', ...names, '--send', 'hi', '--receive', '3', ...sendsBack);
    const { status, lines } = await server.end();
    expect(lines.map(shown)).toEqual([
      'opened',
      'in message hi',
      'out message one',
      'out message two',
      'out message ff00fe',
      'in message a',
      'in message ',
      'out exit',
      'closed',
    ]);
    expect(parsed(client.output).map(shown)).toEqual([
      'opened',
      'out message hi',
      'in message one',
      'in message two',
      'in message ff00fe',
      'out message a',
      'out message ',
      'in exit',
      'closed',
    ]);
    expect([status, client.status]).toEqual([0, 4]);
  });

  test('without steps receive until the other says exit', async () => {
    const names = channel();
    const server = await opened('server', ...names);
    const client = await run('client', ...names, '--send', 'x', '--send', 'y', '--send-close');
    const { status, lines } = await server.end();
    expect([status, client.status, lines.map(shown)]).toEqual([
      4,
      0,
      ['opened', 'in message x', 'in message y', 'in exit', 'closed'],
    ]);
  });

  test.each(['fixed', 'fixed64', 'sized'])('understand each other in layout %s', async (layout) => {
    const names = channel();
    const server = await opened('server', ...names, '--layout', layout, '--receive', '1');
    const client = await run('client', ...names, '--layout', layout, '--send', 'hello');
    expect([(await server.end()).status, client.status]).toEqual([0, 0]);
  });
});

describe('an encoding', () => {
  test('is what text is sent in and payloads are read as, and is named in the records', async () => {
    const names = channel();
    const server = await opened('server', ...names, '--encoding', 'UTF-16', '--receive', '2');
    // The option may come after the text.
    await run('client', ...names, '--send', 'für €', '--send-hex', '61', '--encoding', 'utf16');
    const { lines } = await server.end();
    expect(lines[1]).toMatchObject({ size: 10, text: 'für €', encoding: 'utf-16le' });
    expect(lines[2]).toMatchObject({ size: 1, hex: '61' });
    expect(lines[2]).not.toHaveProperty('encoding');
  });

  test('that is unknown, or lacks a character, is refused before anything is opened', async () => {
    const unknown = await run('server', ...channel(), '--encoding', 'klingon');
    expect([unknown.status, unknown.output]).toEqual([2, '']);
    expect(unknown.complaint).toMatch(/no encoding "klingon".*utf-16le.*windows-1252/);
    const lacking = await run('server', ...channel(), '--send', 'a→b', '--encoding', 'cp1252');
    expect([lacking.status, lacking.output]).toEqual([2, '']);
    expect(lacking.complaint).toMatch(/windows-1252 has no "→", which is character 2/);
  });
});

describe('a record', () => {
  test('is a line of JSON with number, time to the microsecond, kind, direction, size and content', async () => {
    const names = channel();
    const before = Date.now();
    const server = await opened('server', ...names, '--receive', '2');
    await run('client', ...names, '--send', 'größe', '--send-hex', 'c328');
    const { lines } = await server.end();
    expect(lines.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
    expect(lines[1]).toEqual({
      seq: 1,
      time: expect.any(String),
      kind: 'message',
      direction: 'in',
      size: 7,
      text: 'größe',
      wall: expect.any(Number),
      mono: expect.any(Number),
      unread: expect.any(Number),
    });
    expect(lines[2]).toMatchObject({ size: 2, hex: 'c328' });
    for (const { time } of lines) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
      expect(Date.parse(time)).toBeGreaterThanOrEqual(before - 1000);
    }
  });

  test('keeps NUL, control and bidi characters and HTML, and shows none that a terminal would obey', async () => {
    const names = channel();
    const hostile = 'a\0\x1b[2J\x07\x7f\x9b31m\u202e\u2066\u200f\u2028\ufeff<script>alert(1)</script>\r\n"\\';
    writeFileSync(file('hostile'), hostile);
    const server = await opened('server', ...names, '--receive', '1');
    await run('client', ...names, '--send-file', file('hostile'));
    await server.end();
    const line = server.lines[1] ?? '';
    expect((JSON.parse(line) as Line).text).toBe(hostile);
    expect(line).toMatch(/^[ -~]+$/);
  });
});

describe('status 1 and a sentence', () => {
  const failing = async (saying: string, ...args: string[]) => {
    const { status, complaint } = await run(...args);
    expect([status, complaint]).toEqual([1, expect.stringContaining(saying)]);
  };

  test('when no server is there', () => failing('no section named', 'client', ...channel(), '--receive', '1'));

  test('when the name is taken', async () => {
    const names = channel();
    const server = await opened('server', ...names, '--timeout', 'none');
    await failing('already exists', 'server', ...names);
    server.child.kill('SIGTERM');
    await server.end();
  });

  test('when a message is longer than the channel holds, and nothing of it was sent', async () => {
    const names = [...channel(), '--buffer-size', '64'];
    const { status, output, complaint } = await run('server', ...names, '--send', 'x'.repeat(65));
    expect([status, complaint]).toEqual([1, expect.stringContaining('65 bytes, but the channel holds 64')]);
    expect(parsed(output).map(shown)).toEqual(['opened', 'closed']);
  });

  test("when captures can't be written in the data folder", () =>
    failing('a file is where a folder is needed', 'serve', '--no-open', '--data', import.meta.filename));

  test('when no serve is there to ask for an address', () =>
    failing('no "shmscope serve" is running with the data folder', 'url', '--data', file('nobody')));
});

describe('status 2 and what is wrong', () => {
  test.each([
    ['an unknown command', ['listen'], 'listen'],
    ['help for an unknown command', ['help', 'servr'], 'Did you mean one of serve, server?'],
    ['an unknown option', ['server', '--nmae', 'x'], '--nmae'],
    ['hex with another letter', ['server', '--send-hex', '12 3x'], '"x" at position 5'],
    ['half a byte of hex', ['server', '--send-hex', '123'], '"3" at position 3 is on its own'],
    ['half of a hex dump', ['server', '--send-hex', '0000  de ad be  ....'], 'a part may be missing'],
    ['a count that is none', ['server', '--receive', 'many'], '--receive takes a whole number'],
    ['a count of nothing', ['server', '--receive', '0'], '--receive takes a whole number'],
    ['a timeout that is none', ['client', '--timeout', '-1'], '--timeout'],
    [
      'a timeout beyond a day',
      ['client', '--timeout', '86400001'],
      '--timeout takes a whole number of ms from 1 to 86400000, or "none", not "86400001"',
    ],
    ['an unknown layout', ['client', '--layout', 'wide'], 'auto'],
    ['a server that lets the layout open', ['server', '--layout', 'auto'], 'fixed64'],
    ...['0', '1', '63', '268435457', '-1', '64k', '1e3', '99999999999999999999'].map(
      (size): [string, string[], string] => [
        `a buffer of ${size} bytes`,
        ['server', '--buffer-size', size],
        `--buffer-size takes a whole number of bytes from 64 to 268435456, not "${size}"`,
      ],
    ),
    ['openers that are none', ['server', '--access', 'everyone'], 'Access is user, session, machine'],
    ['a broken access list', ['server', '--access', 'D:(A;;'], "isn't an SDDL access list"],
    ['a client that says who may open it', ['client', '--access', 'user'], '--access'],
    ['an unknown policy', ['server', '--overrun', 'drop'], 'overwrite'],
    ['an empty name', ['server', '--name', ''], 'Enter a name'],
    ['a name that is too long', ['server', '--name', `Local\\${'n'.repeat(254)}`], 'at most 259 characters'],
    ['a bad prefix', ['server', '--name', 'Session\\x'], 'The only prefixes'],
    ['one name for two objects', ['server', '--name', 'x', '--event-s2c', 'Local\\x'], 'three different names'],
    ['a wait that is none', ['client', '--wait', '0'], '--wait takes a whole number of ms from 1 to 86400000'],
    ['a server that waits', ['server', '--wait', '5'], '--wait'],
    ['a port that is none', ['serve', '--port', '65536'], '--port takes a whole number'],
    ['a name to allow that is none', ['serve', '--allow-host', 'a b'], '--allow-host takes a host name'],
    ['a certificate without its key', ['serve', '--tls-cert', 'cert.pem'], 'go together'],
    ['a certificate that is not there', ['serve', '--tls-cert', 'none', '--tls-key', 'none'], 'no such file'],
    ['every address without TLS', ['serve', '--host', '0.0.0.0'], 'Other machines can reach 0.0.0.0'],
    ['every IPv6 address without TLS', ['serve', '--host', '::'], '--insecure'],
  ])('for %s', async (_, args, saying) => {
    const { status, output, complaint } = await run(...args);
    expect([status, output]).toEqual([2, '']);
    expect(complaint).toContain(saying);
  });

  test('for no command at all, with the help', async () => {
    const { status, complaint } = await run();
    expect([status, complaint]).toEqual([2, expect.stringContaining('Usage: shmscope')]);
  });
});

describe('a client told to', () => {
  test('--wait is there before its server, and works when that has come', async () => {
    const names = channel();
    const client = await opened('client', ...names, '--wait', 'none', '--send', 'early', '--receive', '1');
    expect((JSON.parse(client.lines[0] ?? '') as Line).detail).toContain('Waiting for the server');
    const server = await run('server', ...names, '--receive', '1', '--send', 'hello');
    const { status, lines } = await client.end();
    expect([status, server.status]).toEqual([0, 0]);
    expect(lines.map(shown)).toEqual(['notice', 'opened', 'out message early', 'in message hello', 'closed']);
  });

  test('--wait is ended by SIGTERM, with status 0 and nothing left', async () => {
    const client = await opened('client', ...channel(), '--wait', 'none');
    client.child.kill('SIGTERM');
    const { status, lines } = await client.end();
    expect([status, lines.map(shown)]).toEqual([0, ['notice', 'closed']]);
  });

  test('--reconnect goes on with the next server, and counts only messages', async () => {
    const names = channel();
    const first = await opened('server', ...names, '--receive', '1', '--send', 'one', '--send-close');
    const client = await opened('client', ...names, '--reconnect', '--send', 'hi', '--receive', '2');
    expect((await first.end()).status).toBe(0);
    const second = await run('server', ...names, '--send', 'two');
    const { status, lines } = await client.end();
    expect([status, second.status]).toEqual([0, 0]);
    // Whether the client finds the second server's message already there depends on who is faster.
    const kinds = lines.map(shown).filter((each) => !['notice', 'in anomaly'].includes(each));
    expect(kinds).toEqual([
      'opened',
      'out message hi',
      'in message one',
      'in exit',
      'closed',
      'opened',
      'in message two',
      'closed',
    ]);
  });
});

describe('status 3', () => {
  test('when no server comes in time', async () => {
    const { status, output, complaint } = await run('client', ...channel(), '--wait', '50');
    expect([status, complaint]).toEqual([3, expect.stringContaining('No joinable server appeared within 50 ms')]);
    expect(parsed(output).map(shown)).toEqual(['notice', 'error']);
  });

  test('when no message comes in time', async () => {
    const { status, output } = await run('server', ...channel(), '--receive', '1', '--timeout', '30');
    expect([status, parsed(output).map(shown)]).toEqual([3, ['opened', 'in timeout', 'closed']]);
  });

  test('when nobody reads the last message in time', async () => {
    const { status, complaint } = await run('server', ...channel(), '--send', 'x', '--timeout', '30');
    expect([status, complaint]).toEqual([3, expect.stringContaining('did not read the last message within 30 ms')]);
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends an unlimited wait cleanly, with everything released',
  async (signal) => {
    const server = await opened('server', ...channel(), '--receive', '1', '--timeout', 'none');
    server.child.kill(signal);
    const { status, lines } = await server.end();
    expect([status, lines.map(shown)]).toEqual([0, ['opened', 'closed']]);
    expect(readdirSync(runtime)).toEqual(['.lock']);
  },
);

test('a send that waits for its slot has the limit that --timeout sets, be it less or more than a second', async () => {
  const sends = ['--send', 'first', '--send', 'second'];
  const soon = await run('server', ...channel(), ...sends, '--timeout', '100');
  const late = await run('server', ...channel(), ...sends, '--timeout', '1500');
  expect([soon.status, soon.complaint]).toEqual([1, expect.stringMatching(/waited \d{3} ms, refused/)]);
  expect([late.status, late.complaint]).toEqual([1, expect.stringMatching(/waited 1,\d{3} ms, refused/)]);
});

test('an unread message is kept under refuse, and its place is taken under overwrite', async () => {
  const sends = ['--send', 'first', '--send', 'second', '--timeout', '30'];
  const refused = await run('server', ...channel(), '--overrun', 'refuse', ...sends);
  expect([refused.status, refused.complaint]).toEqual([1, expect.stringContaining('has not read #1')]);
  const { status, output } = await run('server', ...channel(), '--overrun', 'overwrite', ...sends);
  expect([status, parsed(output).map(shown)]).toEqual([
    3,
    ['opened', 'out message first', 'out anomaly', 'out message second', 'closed'],
  ]);
});

describe('help', () => {
  test.each([
    [[], ['serve', 'url', 'server', 'client', '4 the peer sent exit first']],
    [
      ['serve'],
      ['--port', '7467', '--host', '--allow-host', '--tls-cert', '--insecure', '--no-open', '--data', '--ready-file'],
    ],
    [
      ['server'],
      ['--name', '--event-s2c', '--event-c2s', '--layout', '--buffer-size', '--send-hex', '--receive', '--take-over'],
    ],
    [
      ['client'],
      [
        '--send <text>',
        '--send-file',
        '--wait',
        '--reconnect',
        '--timeout',
        '--overrun',
        '--send-close',
        '--output',
        '--force',
        '--append',
        '"auto"',
      ],
    ],
  ])('of %j names its options', async (command, options) => {
    const { status, output, complaint } = await run(...command, '--help');
    expect([status, complaint]).toEqual([0, '']);
    for (const option of options) expect(output).toContain(option);
  });

  test.each(['run', 'query', 'tap', 'replay'])('of %s shows no default where there is none', async (command) => {
    const { output } = await run(command, '--help');
    expect(output).toContain('(default: ');
    expect(output).not.toMatch(/default: (\[\]|"")/);
  });

  test('of the version is a number', async () => {
    const { status, output } = await run('--version');
    expect([status, output]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });
});
