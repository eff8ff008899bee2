import { expect, test } from 'vitest';
import { type PassedMessage, scenarioFromLog } from './from-log.ts';
import { readScenario } from './read.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const channel = { name: 'From Orders', layout: 'sized', capacity: 4096 } as const;

test('each message is sent by one end and expected by the other, in the order of the log, byte for byte', () => {
  const passed: PassedMessage[] = [
    { lane: 's2c', bytes: bytes('hello') },
    { lane: 'c2s', bytes: Uint8Array.of(0, 255) },
    { lane: 's2c', bytes: bytes('{{n}} is no variable here') },
    { lane: 'c2s', bytes: bytes('') },
  ];
  const { scenarios, problems } = readScenario(scenarioFromLog(channel, passed), 'x.yaml');
  expect(problems).toEqual([]);
  const steps = scenarios[0]?.steps.map((step) => [step.do, 'session' in step && step.session]);
  expect(steps).toEqual(
    passed.flatMap(({ lane }) => [
      ['send', lane === 's2c' ? 'server' : 'client'],
      ['expect', lane === 's2c' ? 'client' : 'server'],
    ]),
  );
  expect(scenarios[0]?.steps[2]).toMatchObject({ payload: { kind: 'hex', text: '00 ff' } });
  expect(scenarios[0]?.steps[4]).toMatchObject({ payload: { kind: 'hex' } });
});

test('the channel has the layout and the size that it had', () => {
  const read = (layout: 'sized' | 'fixed64', capacity: number) => {
    const text = scenarioFromLog({ name: 'x', layout, capacity }, [{ lane: 's2c', bytes: bytes('a') }]);
    return readScenario(text, 'x.yaml').scenarios[0]?.channels.main;
  };
  expect(read('sized', 4096)).toEqual({ layout: 'sized', 'buffer-size': 4096 });
  expect(read('fixed64', 16384)).toEqual({ layout: 'fixed64' });
});
