import { describe, expect, test } from 'vitest';
import { ERROR } from '../kernel/kernel.ts';
import { openChannel } from './channel.ts';
import { asClient, asServer, FakeKernel, FakeMemory, NAMES, refused, utf8 } from './testing.ts';

const newKernel = () => new FakeKernel(() => {});

describe('a server', () => {
  test('holds a section and two events until it is closed, a second time for nothing', () => {
    const kernel = newKernel();
    const channel = openChannel(kernel, asServer());
    expect(kernel.handles).toBe(3);
    channel.close();
    channel.close();
    expect(kernel.handles).toBe(0);
  });

  test('refuses a name that is taken, says who may have it, and touches nothing', () => {
    const kernel = newKernel();
    const memory = kernel.strange(new FakeMemory(4096).put(0, 64, 1));
    const before = memory.bytes.slice();
    expect(() => openChannel(kernel, asServer())).toThrow(refused('name-taken', NAMES.section, 'another server'));
    expect(memory.bytes).toEqual(before);
    expect(kernel.handles).toBe(0);
  });

  test.each(['sized', 'fixed', 'fixed64'] as const)(
    'told to take over writes a fresh %s header over what was there',
    (layout) => {
      const kernel = newKernel();
      const memory = kernel.strange(new FakeMemory(40_000));
      memory.bytes.fill(0xee);
      const { geometry } = openChannel(kernel, asServer({ layout, takeOver: true }));
      const expected = new FakeMemory(40_000);
      expected.bytes.fill(0xee, geometry.sectionBytes);
      expect(memory.bytes).toEqual((layout === 'sized' ? expected.put(0, 64) : expected).bytes);
    },
  );

  test('told to take over a section that is too small refuses, and touches nothing', () => {
    const kernel = newKernel();
    const memory = kernel.strange(new FakeMemory(4096).put(0, 64, 1));
    const before = memory.bytes.slice();
    const options = asServer({ takeOver: true, bufferSize: 2037 });
    expect(() => openChannel(kernel, options)).toThrow(refused('section-too-small', '4,096', '4,098'));
    expect(memory.bytes).toEqual(before);
    expect(kernel.handles).toBe(0);
  });

  test('has its header written before its events exist', () => {
    const kernel = newKernel();
    kernel.refuse(NAMES.eventS2c, ERROR.ACCESS_DENIED);
    expect(() => openChannel(kernel, asServer())).toThrow();
    expect(kernel.memory().get(0)).toBe(64);
  });

  test('with a new section over events of others tells that their wakes are shared', () => {
    const kernel = newKernel();
    kernel.createEvent(NAMES.eventC2s);
    expect(openChannel(kernel, asServer()).sharedEvents).toEqual([NAMES.eventC2s]);
    const second = openChannel(kernel, asServer({ section: 'Local\\another' }));
    expect(second.sharedEvents).toEqual([NAMES.eventS2c, NAMES.eventC2s]);
  });

  test('that takes a section over expects the events to be there', () => {
    const kernel = newKernel();
    kernel.strange(new FakeMemory(4096));
    expect(openChannel(kernel, asServer({ takeOver: true })).sharedEvents).toEqual([]);
  });

  test('needs a layout of its own', () => {
    expect(() => openChannel(newKernel(), asServer({ layout: 'auto' }))).toThrow(
      refused('invalid-argument', 'chooses'),
    );
  });
});

describe('a client', () => {
  test('sees what the server sees, and holds three handles', () => {
    const kernel = newKernel();
    const server = openChannel(kernel, asServer({ bufferSize: 4000 }));
    const client = openChannel(kernel, asClient());
    server.section.write(24, utf8('shared'));
    const seen = new Uint8Array(6);
    client.section.read(24, seen);
    expect([seen, client.geometry, kernel.handles]).toEqual([utf8('shared'), server.geometry, 6]);
  });

  test('without a server is told the name that nobody has', () => {
    const kernel = newKernel();
    expect(() => openChannel(kernel, asClient())).toThrow(
      refused('no-such-section', NAMES.section, 'Start the server'),
    );
    expect(kernel.handles).toBe(0);
  });

  test.each([
    [[NAMES.eventC2s], NAMES.eventS2c],
    [[NAMES.eventS2c], NAMES.eventC2s],
  ])('that finds only the events %j is told which is missing', (there, missing) => {
    const kernel = newKernel();
    kernel.strange(new FakeMemory(4096).put(0, 64), there);
    expect(() => openChannel(kernel, asClient())).toThrow(
      refused('no-such-event', `"${missing}"`, 'other event names'),
    );
    expect(kernel.handles).toBe(0);
  });

  test('changes nothing in the section', () => {
    const kernel = newKernel();
    const memory = kernel.strange(new FakeMemory(4096).put(0, 64, 1, 1, 5, 5));
    const before = memory.bytes.slice();
    openChannel(kernel, asClient()).close();
    expect(memory.bytes).toEqual(before);
  });

  test('that refuses the header leaves no handle', () => {
    const kernel = newKernel();
    kernel.strange(new FakeMemory(4096).put(0, 0xffff_fff0));
    expect(() => openChannel(kernel, asClient())).toThrow(refused('section-too-small'));
    expect(kernel.handles).toBe(0);
  });
});

describe.each(['server', 'client'] as const)('a refusal of the system to a %s', (role) => {
  const kernelWithChannel = () => {
    const kernel = newKernel();
    if (role === 'client') kernel.strange(new FakeMemory(4096).put(0, 64));
    return kernel;
  };
  const options = role === 'server' ? asServer() : asClient();

  test.each([
    [ERROR.INVALID_HANDLE, 'name-other-kind', 'already names an object of another kind'],
    [ERROR.ACCESS_DENIED, 'access-denied', 'higher rights'],
    [ERROR.NOACCESS, 'section-not-committed', 'SEC_RESERVE'],
    [ERROR.INVALID_NAME, 'name-invalid', "can't name"],
    [ERROR.PATH_NOT_FOUND, 'name-invalid', "can't name"],
    [ERROR.FILENAME_EXCED_RANGE, 'name-invalid', 'short name'],
    [ERROR.NOT_ENOUGH_MEMORY, 'os-error', 'CreateFileMappingW failed'],
  ] as const)('with code %i is %s, names the object and leaves no handle', (code, failure, saying) => {
    const fromSystem = expect.objectContaining({
      failure: expect.objectContaining({ os: { code, message: 'The system says why.' } }),
    });
    for (const name of [NAMES.section, NAMES.eventS2c, NAMES.eventC2s]) {
      for (const expected of [refused(failure, `"${name}"`, saying), fromSystem]) {
        const kernel = kernelWithChannel();
        kernel.refuse(name, code);
        expect(() => openChannel(kernel, options)).toThrow(expected);
        expect(kernel.handles).toBe(0);
      }
    }
  });
});

test('a server makes all three objects for those who may open them; what was there keeps its list', () => {
  const kernel = newKernel();
  const options = asServer({ access: 'machine' });
  expect(openChannel(kernel, options).access).toBe('machine');
  expect([...kernel.access.entries()]).toEqual(Object.values(NAMES).map((name) => [name, 'machine']));
  expect(openChannel(kernel, { ...options, takeOver: true }).access).toBeNull();
  expect(openChannel(kernel, asClient()).access).toBeNull();
  expect(openChannel(newKernel(), asServer()).access).toBe('user');
});

test.each([
  [ERROR.NOT_SUPPORTED, 'access-unsupported', 'Leave "Who can open it" at the same user'],
  [ERROR.PRIVILEGE_NOT_HELD, 'access-denied', "a privilege you don't have"],
  [ERROR.INVALID_OWNER, 'access-denied', "a privilege you don't have"],
] as const)('an access list that is refused with code %i says why', (code, failure, saying) => {
  const kernel = newKernel();
  kernel.refuse(NAMES.eventS2c, code);
  expect(() => openChannel(kernel, asServer())).toThrow(refused(failure, NAMES.eventS2c, saying));
  expect(kernel.handles).toBe(0);
});

test('a missing name says who sees which prefix', () => {
  for (const section of ['Local\\absent', 'absent']) {
    const told = refused('no-such-section', 'session 0', 'both ends need Global\\');
    expect(() => openChannel(newKernel(), asClient({ section }))).toThrow(told);
  }
  const told = refused('no-such-section', 'Under Local\\');
  expect(() => openChannel(newKernel(), asClient({ section: 'Global\\absent' }))).toThrow(told);
});

test.each([ERROR.ACCESS_DENIED, ERROR.PRIVILEGE_NOT_HELD])(
  'code %i for a Global\\ name names the privilege that it takes',
  (code) => {
    const kernel = newKernel();
    kernel.refuse('Global\\orders', code);
    const options = asServer({ section: 'Global\\orders' });
    expect(() => openChannel(kernel, options)).toThrow(refused('access-denied', 'SeCreateGlobalPrivilege', 'Local\\'));
  },
);

test('a right that an access list refuses is named with the object, and what to do', () => {
  const kernel = newKernel();
  openChannel(kernel, asServer());
  const todo = 'must grant you that';
  kernel.refuse(NAMES.eventC2s, ERROR.ACCESS_DENIED, ['wait', 'set']);
  const event = refused('access-denied', `event "${NAMES.eventC2s}"`, 'SYNCHRONIZE', 'EVENT_MODIFY_STATE', todo);
  expect(() => openChannel(kernel, asClient())).toThrow(event);
  kernel.refuse(NAMES.section, ERROR.ACCESS_DENIED, ['write']);
  const section = refused('access-denied', `section "${NAMES.section}"`, 'write to it (FILE_MAP_WRITE)', todo);
  expect(() => openChannel(kernel, asClient())).toThrow(section);
  expect(() => openChannel(kernel, asClient())).not.toThrow(refused('access-denied', 'FILE_MAP_READ'));
});

test('a name that an object of another kind has is refused to both ends', () => {
  const kernel = newKernel();
  openChannel(kernel, asServer());
  expect(() => openChannel(kernel, asServer({ section: NAMES.eventS2c }))).toThrow(refused('name-other-kind'));
  expect(() => openChannel(kernel, asClient({ section: NAMES.eventS2c }))).toThrow(refused('name-other-kind'));
  expect(() => openChannel(kernel, asClient({ eventC2s: NAMES.section }))).toThrow(refused('name-other-kind'));
  expect(kernel.handles).toBe(3);
});
