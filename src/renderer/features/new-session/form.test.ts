import { describe, expect, it } from 'vitest';
import { parseWhole } from '../../kit/format/whole.ts';
import { checkForm, emptyForm, remediesFor } from './form.ts';

const server = emptyForm('server', 1000);
const client = emptyForm('client', 1000);

describe('the new session form', () => {
  it("starts with the crate's defaults, ready to open", () => {
    expect(checkForm(server).options).toEqual({
      kind: 'endpoint',
      role: 'server',
      section: 'Local\\MySharedMemory',
      eventS2c: 'Local\\MyEventS2C',
      eventC2s: 'Local\\MyEventC2S',
      layout: 'sized',
      bufferSize: 16384,
      takeOver: false,
      overrun: 'wait',
      receive: { mode: 'continuous', timeoutMs: 1000 },
    });
    expect(checkForm(client).options).toMatchObject({ role: 'client', layout: 'auto' });
  });

  it('puts each fault at its field, all of them at once', () => {
    const { options, fields } = checkForm({ ...server, section: 'a\\b', bufferSize: '63', timeoutMs: '' });
    expect(options).toBeNull();
    expect(fields.section).toContain('backslash');
    expect(fields.bufferSize).toContain('at least 64');
    expect(fields.timeoutMs).toContain('number');
    expect(fields.eventS2c).toBeUndefined();
  });

  it('gives a server alone who may open it, and says at its field what is no access list', () => {
    expect(checkForm({ ...server, access: 'machine' }).options?.access).toBe('machine');
    expect(checkForm({ ...client, access: 'machine' }).options?.access).toBeUndefined();
    const sddl = (text: string) => checkForm({ ...server, access: 'sddl', sddl: text });
    expect(sddl(' D:(A;;GA;;;WD) ').options?.access).toBe('D:(A;;GA;;;WD)');
    expect(sddl('D:(A;;').fields.access).toContain("isn't an SDDL access list");
    expect(sddl('').fields.access).toContain('SDDL');
  });

  it('does not let the section and the events share a name', () => {
    const checked = checkForm({ ...server, eventS2c: 'MySharedMemory' });
    expect(checked.options).toBeNull();
    expect(checked.together).toContain('three different names');
  });

  it('asks for no buffer size where none is chosen', () => {
    expect(checkForm({ ...server, serverLayout: 'fixed', bufferSize: 'x' }).options?.bufferSize).toBe(16384);
    expect(checkForm({ ...client, bufferSize: 'x' }).options).not.toBeNull();
    expect(checkForm({ ...server, receive: false, timeoutMs: 'x' }).options?.receive).toBeNull();
  });

  it('waits for a server and reconnects only as a client', () => {
    const [as, may] = [
      { wait: true, reconnect: true },
      { wait: { limitMs: null }, reconnect: true },
    ];
    expect(checkForm({ ...client, ...as }).options).toMatchObject(may);
    const options = checkForm({ ...server, ...as }).options;
    expect([options?.wait, options?.reconnect]).toEqual([undefined, undefined]);
  });

  it('takes over only as a server', () => {
    expect(checkForm({ ...client, takeOver: true }).options?.takeOver).toBe(false);
    expect(checkForm({ ...server, takeOver: true }).options?.takeOver).toBe(true);
  });

  it('reads whole numbers as people write them', () => {
    expect(['16,384', '16 384', ' 64 '].map(parseWhole)).toEqual([16384, 16384, 64]);
    expect(['', 'abc'].map(parseWhole)).toEqual([Number.NaN, Number.NaN]);
    expect(checkForm({ ...server, bufferSize: '64.5' }).fields.bufferSize).toContain('whole');
  });

  it('offers a way out where there is one', () => {
    const taken = { code: 'name-taken', message: '' } as const;
    expect(remediesFor(taken, server).map((r) => r.change)).toEqual([{ takeOver: true }]);
    expect(remediesFor(taken, { ...server, takeOver: true })).toEqual([]);
    const ambiguous = remediesFor({ code: 'layout-ambiguous', message: '', layouts: ['fixed64', 'fixed'] }, client);
    expect(ambiguous.map((r) => r.change.clientLayout)).toEqual(['fixed64', 'fixed']);
    const absent = { code: 'no-such-section', message: '' } as const;
    expect(remediesFor(absent, client).map((r) => r.change)).toEqual([{ wait: true }]);
    expect(remediesFor(absent, server)).toEqual([]);
    expect(remediesFor({ code: 'access-denied', message: '' }, server)).toEqual([]);
  });
});
