/** Rules for the kernel32 adapter with objects that other Windows programs created. Skipped elsewhere. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { ERROR, KernelError, type Right } from './kernel.ts';
import { openKernel } from './open.ts';

const skip = process.platform !== 'win32' && 'on kernel32 only';
const rule = (name: string, work: (t: TestContext) => void | Promise<void>) => test(name, { skip }, work);

const kernel = await openKernel();
// Its libraries exist only there.
const { reservedSection, foreignEvent, foreignSection, trusteesOf } = skip
  ? ({} as never)
  : await import('./kernel32.testing.ts');

let names = 0;
const newName = () => `Local\\Shmscope strange ${process.pid}/${names++}`;

function keep<H extends { close(): void }>(t: TestContext, handle: H): H {
  t.after(() => handle.close());
  return handle;
}

function refusal(work: () => unknown): KernelError {
  try {
    work();
  } catch (error) {
    if (error instanceof KernelError) return error;
    throw error;
  }
  throw new Error('The call was not refused.');
}

function named(t: TestContext, make: (name: string) => { close(): void }): string {
  const name = newName();
  keep(t, make(name));
  return name;
}

describe('an access list', () => {
  rule('that grants no more than reading and writing lets a section be used, opened or created', (t) => {
    const name = named(t, (n) => foreignSection(n, 8192, 'D:(A;;GRGW;;;WD)'));
    const opened = keep(t, kernel.openSection(name, 'write'));
    opened.storeU32(4, 7);
    const { section, existed } = kernel.createSection(name, 4096);
    keep(t, section);
    assert.deepEqual([existed, opened.extent, section.loadU32(4)], [true, 8192, 7]);
  });

  rule('that grants only these two, without the rights that a maker asks for, lets a section be created too', (t) => {
    const name = named(t, (n) => foreignSection(n, 4096, 'D:(A;;0x6;;;WD)'));
    const { section, existed } = kernel.createSection(name, 4096);
    keep(t, section).storeU32(0, 1);
    assert.equal(existed, true);
  });

  for (const [sddl, refused] of [
    ['D:(A;;GR;;;WD)', ['write']],
    ['D:(A;;GW;;;WD)', ['read']],
    ['D:', ['read', 'write']],
  ] as const satisfies readonly (readonly [string, readonly Right[]])[]) {
    rule(`${sddl} refuses a section, and the error names ${refused.join(' and ')}`, (t) => {
      const name = named(t, (n) => foreignSection(n, 4096, sddl));
      for (const call of [() => kernel.openSection(name, 'write'), () => kernel.createSection(name, 4096)]) {
        const error = refusal(call);
        assert.deepEqual([error.code, error.refused], [ERROR.ACCESS_DENIED, refused]);
      }
    });
  }

  rule('that grants no more than waiting and setting lets an event be used; its kind is unknown then', (t) => {
    const name = named(t, (n) => foreignEvent(n, 'D:(A;;0x100002;;;WD)'));
    const opened = keep(t, kernel.openEvent(name));
    const { event, existed } = kernel.createEvent(name);
    keep(t, event).set();
    assert.deepEqual([existed, kernel.waitAny([opened], 0)], [true, 0]);
    assert.deepEqual([opened.reset, event.reset], ['unknown', 'unknown']);
  });

  // Wine lets everybody wait, whatever the list says, so that right is never among the refused ones there.
  for (const sddl of ['D:(A;;GR;;;WD)', 'D:']) {
    rule(`${sddl} refuses an event, and the error names set`, (t) => {
      const name = named(t, (n) => foreignEvent(n, sddl));
      for (const call of [() => kernel.openEvent(name), () => kernel.createEvent(name)]) {
        const error = refusal(call);
        assert.equal(error.code, ERROR.ACCESS_DENIED);
        assert.ok(error.refused.includes('set'), `${error.refused}`);
      }
    });
  }
});

describe('an access list, to who only looks,', () => {
  rule('that grants reading alone lets a section be looked at', (t) => {
    const name = named(t, (n) => foreignSection(n, 4096, 'D:(A;;0x4;;;WD)'));
    const section = keep(t, kernel.openSection(name, 'read'));
    assert.deepEqual([section.rights, section.loadU32(0), section.isHeldByOthers()], [4, 0, true]);
  });

  rule('that grants asking alone lets the state of an event be read', (t) => {
    const name = named(t, (n) => foreignEvent(n, 'D:(A;;0x1;;;WD)', true));
    const state = keep(t, kernel.openEventState(name));
    assert.deepEqual([state.rights, state.signalled(), state.reset], [1, false, 'manual']);
  });

  rule('that grants neither refuses both, and the errors name the right', (t) => {
    const section = named(t, (n) => foreignSection(n, 4096, 'D:(A;;GW;;;WD)'));
    const event = named(t, (n) => foreignEvent(n, 'D:(A;;0x100002;;;WD)'));
    const errors = [refusal(() => kernel.openSection(section, 'read')), refusal(() => kernel.openEventState(event))];
    assert.deepEqual(
      errors.map(({ code, refused }) => [code, ...refused]),
      [
        [ERROR.ACCESS_DENIED, 'read'],
        [ERROR.ACCESS_DENIED, 'query'],
      ],
    );
  });
});

describe('what is made', () => {
  const made = (t: TestContext, access?: string) => {
    const [section, event] = [newName(), newName()];
    keep(t, kernel.createSection(section, 4096, access).section);
    keep(t, kernel.createEvent(event, access).event);
    return { section, event };
  };

  // Labels aren't checked: Wine accepts them, but doesn't keep them.
  for (const [access, trustees] of [
    ['session', ['SY', 'OW', 'IU']],
    ['machine', ['WD']],
    ['D:(A;;GRGW;;;WD)(A;;GA;;;BA)', ['WD', 'BA']],
  ] as const) {
    rule(`for ${access} has the access list for it, and we can open it`, (t) => {
      const { section, event } = made(t, access);
      assert.deepEqual([trusteesOf('section', section), trusteesOf('event', event)], [trustees, trustees]);
      keep(t, kernel.openSection(section, 'write')).storeU32(0, 1);
      keep(t, kernel.openEvent(event)).set();
    });
  }

  rule('for the same user, and when nothing is said, lets no others in', (t) => {
    for (const access of ['user', undefined]) {
      const { section, event } = made(t, access);
      for (const trustees of [trusteesOf('section', section), trusteesOf('event', event)]) {
        assert.ok(!trustees.some((trustee) => ['WD', 'IU', 'AU', 'BU', 'AN'].includes(trustee)), `${trustees}`);
      }
    }
  });

  rule('by a list that does not let us write is ours to use, and refused to the next, who may read', (t) => {
    const [section, event] = [newName(), newName()];
    const list = 'D:(A;;GR;;;WD)';
    keep(t, kernel.createSection(section, 4096, list).section).storeU32(0, 7);
    keep(t, kernel.createEvent(event, list).event).set();
    assert.deepEqual(refusal(() => kernel.openSection(section, 'write')).refused, ['write']);
    assert.equal(keep(t, kernel.openSection(section, 'read')).loadU32(0), 7);
    assert.ok(refusal(() => kernel.openEvent(event)).refused.includes('set'));
  });

  rule('keeps the list of its maker when it is created a second time', (t) => {
    const { section } = made(t, 'D:(A;;GRGW;;;WD)');
    assert.equal(keep(t, kernel.createSection(section, 4096, 'D:(A;;GA;;;BA)').section).extent, 4096);
    assert.deepEqual(trusteesOf('section', section), ['WD']);
  });

  rule('is not, by a list that Windows does not understand, and the error names the object', () => {
    const name = newName();
    for (const call of [
      () => kernel.createSection(name, 4096, 'D:(A;;GA;;;QQ)'),
      () => kernel.createEvent(name, 'D:(Z;;GA;;;WD)'),
    ]) {
      const error = refusal(call);
      assert.deepEqual([error.call, error.object], ['ConvertStringSecurityDescriptorToSecurityDescriptorW', name]);
    }
    assert.equal(refusal(() => kernel.openSection(name, 'write')).code, ERROR.FILE_NOT_FOUND);
  });
});

describe('a section whose memory is reserved', () => {
  rule('and committed nowhere is refused with code 998', (t) => {
    const name = named(t, (n) => reservedSection(n, 65_536));
    for (const call of [() => kernel.openSection(name, 'write'), () => kernel.createSection(name, 4096)]) {
      assert.equal(refusal(call).code, ERROR.NOACCESS);
    }
  });

  rule('and committed only behind its start is refused with code 998', (t) => {
    const name = named(t, (n) => reservedSection(n, 65_536, { at: 4096, bytes: 8192 }));
    assert.equal(refusal(() => kernel.openSection(name, 'write')).code, ERROR.NOACCESS);
  });

  rule('can be touched as far as it is committed from its start, and no access goes further', (t) => {
    const islands = [
      { at: 0, bytes: 8192 },
      { at: 16_384, bytes: 4096 },
    ];
    const name = named(t, (n) => reservedSection(n, 65_536, ...islands));
    const section = keep(t, kernel.openSection(name, 'write'));
    assert.deepEqual([section.extent, section.uncommitted], [8192, 57_344]);
    section.fill(0, 8192, 0xff);
    assert.equal(section.loadU32(8188), 0xffff_ffff);
    assert.throws(() => section.loadU32(8192), RangeError);
    assert.throws(() => section.read(16_384, new Uint8Array(1)), RangeError);
  });
});

describe('the kind of an event', () => {
  rule('is manual where a peer made it so, and it stays set until that peer resets it', (t) => {
    const name = named(t, (n) => foreignEvent(n, null, true));
    const event = keep(t, kernel.openEvent(name));
    event.set();
    assert.deepEqual([event.reset, kernel.waitAny([event], 0), kernel.waitAny([event], 0)], ['manual', 0, 0]);
  });

  rule('is auto where a peer made it so', (t) => {
    const name = named(t, (n) => foreignEvent(n));
    assert.equal(keep(t, kernel.openEvent(name)).reset, 'auto');
  });

  rule('is that of the maker, whoever creates it a second time', (t) => {
    const name = named(t, (n) => foreignEvent(n, null, true));
    const { event, existed } = kernel.createEvent(name);
    assert.deepEqual([existed, keep(t, event).reset], [true, 'manual']);
  });
});

/** How long a pause of 2 ms took. */
function paused(waits: { pause(ms: number): void }): number {
  const start = performance.now();
  waits.pause(2);
  return performance.now() - start;
}

describe('a Windows that is not Wine', () => {
  rule('times a pause by the timer of the waits', async () => {
    const { ShortWaits } = await import('./kernel32/clock.ts');
    const waits = new ShortWaits(undefined, false);
    for (let round = 0; round < 20; round++) assert.ok(paused(waits) >= 2);
    waits.close();
  });
});

describe('a Windows without high-resolution timers', () => {
  rule('shortens its tick while a wait lasts, and the wait ends by its time or its event', async (t) => {
    const { ShortWaits } = await import('./kernel32/clock.ts');
    const { POINTER_INTS } = await import('./kernel32/bindings.ts');
    const waits = new ShortWaits(() => 0, false);
    assert.equal(waits.lease.handle, 0);
    const { event } = kernel.createEvent(null);
    keep(t, event);
    const handles = new Int32Array(2 * POINTER_INTS);
    handles[0] = Number(event.token);
    const wait = (ms: number) => waits.wait(handles, 1, performance.now() + ms, ms);
    assert.equal(wait(2), 258); // WAIT_TIMEOUT
    event.set();
    assert.equal(wait(2), 0);
    assert.ok(paused(waits) >= 2);
    waits.close();
  });
});
