import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { ROOT } from './hosts/process.ts';

const HEADER = readFileSync(join(ROOT, 'native', 'order.h'), 'utf8');
const SYSTEM = process.platform === 'win32' ? 'windows' : 'linux';

test.afterEach(({ sharedData }) => {
  for (const name of ['order.h', 'bindings.yaml']) rmSync(join(sharedData, 'types', name), { force: true });
});

test('a message of another ABI is an anomaly in the log, and an export has the fields where it is asked to', async ({
  win,
  peer,
  names,
  sharedData,
}) => {
  const { page } = win;
  const bind = (arch: string) => {
    const lines = [`abi: ${SYSTEM}-${arch}`, 'bindings:', `  - channel: ${JSON.stringify(names.section)}`];
    mkdirSync(join(sharedData, 'types'), { recursive: true });
    writeFileSync(join(sharedData, 'types', 'order.h'), HEADER);
    writeFileSync(join(sharedData, 'types', 'bindings.yaml'), `${[...lines, '    type: order'].join('\n')}\n`);
  };
  bind('x64');
  await win.open('server', names, {});
  const args = ['client', ...names.peerArgs, 'struct', '--count', '2', '--interval', '0'];
  await (await peer('x86', args)).waitFor(/^order/);
  await expect(win.rows('payload-layout-mismatch').first()).toContainText('A message was not built as order@');

  bind('x86');
  await page.getByRole('combobox', { name: 'Filter' }).fill('order.account:40001..40002');
  await expect(win.log.getByRole('row', { name: /message/ })).toHaveCount(2);
  await win.button('Export…').click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('checkbox', { name: 'Fields of declared types' }).check();
  await dialog.getByRole('button', { name: 'Export' }).click();
  const section = names.section.replace('Local\\', '');
  const folder = join(sharedData, 'exports');
  const files = () => (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.startsWith(section));
  await expect.poll(files).toHaveLength(1);
  const lines = readFileSync(join(folder, files()[0] ?? ''), 'utf8')
    .trim()
    .split('\n');
  const [, first, second] = lines.map((line) => JSON.parse(line));
  expect([first.fields.account, second.fields]).toEqual([40001, expect.objectContaining({ account: 40002 })]);
});
