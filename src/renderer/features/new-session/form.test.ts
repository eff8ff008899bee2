import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../kit/format/number.ts';
import { checkForm, emptyForm, type Form, remediesFor } from './form.ts';

const server = emptyForm('server', 1000);
const client = emptyForm('client', 1000);
const tap = emptyForm('tap', 1000);

/** The options of an end of a channel; null while something is wrong. */
function endOf(form: Form) {
  const { options } = checkForm(form);
  return options?.kind === 'endpoint' ? options : null;
}

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
    expect(endOf({ ...server, access: 'machine' })?.access).toBe('machine');
    expect(endOf({ ...client, access: 'machine' })?.access).toBeUndefined();
    const sddl = (text: string): Form => ({ ...server, access: 'sddl', sddl: text });
    expect(endOf(sddl(' D:(A;;GA;;;WD) '))?.access).toBe('D:(A;;GA;;;WD)');
    expect(checkForm(sddl('D:(A;;')).fields.access).toContain("isn't an SDDL access list");
    expect(checkForm(sddl('')).fields.access).toContain('SDDL');
  });

  it('does not let the section and the events share a name', () => {
    const checked = checkForm({ ...server, eventS2c: 'MySharedMemory' });
    expect(checked.options).toBeNull();
    expect(checked.together).toContain('three different names');
  });

  it('asks for no buffer size where none is chosen', () => {
    expect(endOf({ ...server, serverLayout: 'fixed', bufferSize: 'x' })?.bufferSize).toBe(16384);
    expect(checkForm({ ...client, bufferSize: 'x' }).options).not.toBeNull();
    expect(endOf({ ...server, receive: false, timeoutMs: 'x' })?.receive).toBeNull();
  });

  it('waits for a server and reconnects only as a client', () => {
    const [as, may] = [
      { wait: true, reconnect: true },
      { wait: { limitMs: null }, reconnect: true },
    ];
    expect(checkForm({ ...client, ...as }).options).toMatchObject(may);
    const options = endOf({ ...server, ...as });
    expect([options?.wait, options?.reconnect]).toEqual([undefined, undefined]);
  });

  it('waits as long as the limit says, without one where none is given, and says what is no limit', () => {
    expect(endOf({ ...client, wait: true, limitMs: '60,000' })?.wait).toEqual({ limitMs: 60_000 });
    expect(endOf({ ...client, wait: true, limitMs: ' ' })?.wait).toEqual({ limitMs: null });
    expect(checkForm({ ...client, wait: true, limitMs: '0' }).fields.limitMs).toContain('at least 1');
    expect(checkForm({ ...client, wait: true, limitMs: 'soon' }).fields.limitMs).toContain('number');
    expect(endOf({ ...client, wait: false, limitMs: 'soon' })).not.toBeNull();
  });

  it('opens a tap with nothing that an end alone can do', () => {
    const eager: Form = { ...tap, takeOver: true, reconnect: true, receive: true, access: 'machine', bufferSize: 'x' };
    expect(checkForm(eager).options).toEqual({
      kind: 'tap',
      role: 'tap',
      section: 'Local\\MySharedMemory',
      eventS2c: 'Local\\MyEventS2C',
      eventC2s: 'Local\\MyEventC2S',
      layout: 'auto',
      mode: 'adaptive',
      follow: false,
    });
    const asked = { mode: 'full', follow: true, clientLayout: 'fixed', wait: true, limitMs: '500' } as const;
    expect(checkForm({ ...tap, ...asked, eventS2c: '', eventC2s: '' }).options).toMatchObject({
      ...{ eventS2c: '', eventC2s: '', layout: 'fixed', mode: 'full', follow: true },
      wait: { limitMs: 500 },
    });
  });

  it('puts a fault in the names of a tap at its field', () => {
    const { options, fields } = checkForm({ ...tap, section: '', eventC2s: 'a\\b' });
    expect(options).toBeNull();
    expect(Object.keys(fields).sort()).toEqual(['eventC2s', 'section']);
  });

  it('takes over only as a server', () => {
    expect(endOf({ ...client, takeOver: true })?.takeOver).toBe(false);
    expect(endOf({ ...server, takeOver: true })?.takeOver).toBe(true);
  });

  it('reads whole numbers as people write them', () => {
    expect(['16,384', '16 384', ' 64 '].map(parseNumber)).toEqual([16384, 16384, 64]);
    expect(['', 'abc'].map(parseNumber)).toEqual([Number.NaN, Number.NaN]);
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
    expect(remediesFor(absent, tap)).toEqual([{ label: 'Wait for the channel', change: { wait: true } }]);
    expect(remediesFor(absent, server)).toEqual([]);
    expect(remediesFor({ code: 'access-denied', message: '' }, server)).toEqual([]);
  });
});
