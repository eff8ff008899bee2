import { expect, type Locator, type Page } from '@playwright/test';
import type { Lane, Layout, OverrunPolicy, Role } from '../src/shared/domain.ts';
import type { Kind } from '../src/shared/record-kind.ts';
import { LANE_VIEW_WORDS, type LaneView } from '../src/shared/session-kind.ts';
import type { Names } from './names.ts';

/** What a test fills into the New session dialog besides the names; the rest stays as it is in the dialog. */
export interface Filled {
  readonly layout?: Layout;
  readonly bufferSize?: number;
  readonly overrun?: OverrunPolicy;
  /** ms of each wait; null: nothing is received from the start. Long unless given, so that no timeout interferes. */
  readonly timeoutMs?: number | null;
  readonly takeOver?: boolean;
  readonly wait?: boolean;
  readonly reconnect?: boolean;
}

/** The same for a tap. */
export interface FilledTap {
  readonly layout?: Layout;
  readonly mode?: 'gentle' | 'adaptive' | 'full speed';
  /** ms at most; null: without a limit. Omitted: it doesn't wait. */
  readonly waitMs?: number | null;
  readonly follow?: boolean;
}

/** What a row of the log shows; omitted parts may be anything. */
export interface RowText {
  readonly seq?: number;
  readonly direction?: LaneView;
  readonly kind?: Kind;
  readonly size?: number;
  readonly preview?: string | RegExp;
}

const LONG_MS = 600_000;

/** The window as its user sees it: found by role and label wherever possible. */
export class AppWindow {
  readonly page: Page;
  readonly dialog: Locator;
  readonly sessions: Locator;
  readonly title: Locator;
  readonly badges: Locator;
  readonly status: Locator;
  readonly log: Locator;
  readonly toolbar: Locator;
  readonly detail: Locator;
  readonly composer: Locator;
  readonly field: Locator;
  readonly send: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: 'New session' });
    this.sessions = page.getByRole('navigation', { name: 'Sessions' });
    this.title = page.getByRole('heading', { level: 1 });
    this.badges = page.getByRole('list', { name: 'About this session' });
    this.status = page.locator('.header').getByRole('status');
    this.log = page.getByRole('grid', { name: 'Log' });
    this.toolbar = page.getByRole('toolbar', { name: 'Log' });
    this.detail = page.getByRole('region', { name: 'Selected record' });
    this.composer = page.getByRole('region', { name: 'Send a message' });
    this.field = this.composer.getByRole('textbox');
    this.send = this.composer.getByRole('button', { name: /^Send/ });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Loads the page in its usual size, and ends every session that the host still has. */
  async startAfresh(): Promise<void> {
    await this.page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: 'reduce' });
    await this.page.setViewportSize({ width: 1440, height: 900 });
    await this.page.reload();
    await expect(this.button('Server')).toBeVisible();
    await expect(this.page.getByText('Waiting for the host…')).toHaveCount(0);
    const ofTests = this.button('Remove test sessions from the list');
    if (await ofTests.isVisible()) await ofTests.click();
    await expect(ofTests).toBeHidden();
    for (let left = await this.items.count(); left > 0; left--) {
      const remove = this.button('Remove from list');
      if (await remove.isVisible()) await remove.click();
      else await this.choose('Close', 'Close and remove from list');
      await expect(this.items).toHaveCount(left - 1);
    }
  }

  /** The sessions in the list. */
  get items(): Locator {
    return this.sessions.getByRole('listitem');
  }

  item(names: Names): Locator {
    return this.items.filter({ hasText: names.section.replace('Local\\', '') });
  }

  async #fillNames({ section, eventS2c, eventC2s }: Omit<Names, 'peerArgs'>): Promise<void> {
    const { dialog } = this;
    await dialog.getByLabel('Section', { exact: true }).fill(section);
    await dialog.getByLabel('Event server → client').fill(eventS2c);
    await dialog.getByLabel('Event client → server').fill(eventC2s);
  }

  /** Opens the dialog and fills it in; {@link submit} is up to the test. */
  async fill(role: Role, names: Omit<Names, 'peerArgs'>, filled: Filled = {}): Promise<void> {
    await this.button(role === 'server' ? 'Server' : 'Client').click();
    await this.#fillNames(names);
    const { dialog } = this;
    const { layout, bufferSize, overrun, timeoutMs = LONG_MS, takeOver, wait, reconnect } = filled;
    if (layout) await dialog.getByRole('radio', { name: new RegExp(`^${layout} `) }).check();
    if (bufferSize !== undefined) await dialog.getByLabel('Buffer size', { exact: true }).fill(String(bufferSize));
    if (overrun) await dialog.getByLabel('If unread on send').selectOption(overrun);
    if (timeoutMs === null) await dialog.getByLabel('from the start').uncheck();
    else await dialog.getByLabel('Timeout of each wait').fill(String(timeoutMs));
    if (takeOver) await dialog.getByLabel('Take over an existing section').check();
    if (wait) await dialog.getByLabel('Wait for the server').check();
    if (reconnect) await dialog.getByLabel('Reconnect when').check();
  }

  /** The same for a tap. */
  async fillTap(names: Omit<Names, 'peerArgs'>, { layout, mode, waitMs, follow }: FilledTap = {}): Promise<void> {
    await this.button('Tap').click();
    await this.#fillNames(names);
    const { dialog } = this;
    if (layout) await dialog.getByRole('radio', { name: new RegExp(`^${layout} `) }).check();
    if (mode) await dialog.getByRole('radio', { name: new RegExp(`^${mode} `) }).check();
    if (waitMs !== undefined) await dialog.getByLabel(/Wait for the channel/).check();
    if (waitMs) await dialog.getByLabel('Longest wait').fill(String(waitMs));
    if (follow) await dialog.getByLabel('Follow restarts').check();
  }

  async submit(): Promise<void> {
    await this.dialog.getByRole('button', { name: /^Open (server|client|tap)$/ }).click();
  }

  /** Opens a tap through the dialog, which selects it. */
  async openTap(names: Names, filled: FilledTap = {}): Promise<void> {
    await this.fillTap(names, filled);
    await this.submit();
    await expect(this.dialog).toBeHidden();
    await expect(this.title).toHaveText(names.section);
  }

  /** Opens one end through the dialog, which selects it. */
  async open(role: Role, names: Names, filled: Filled = {}): Promise<void> {
    await this.fill(role, names, filled);
    await this.submit();
    await expect(this.dialog).toBeHidden();
    await expect(this.title).toHaveText(names.section);
    await expect(this.badges).not.toContainText('opening');
  }

  /** A menu item. */
  async choose(menu: string, entry: string): Promise<void> {
    await this.button(menu).click();
    await this.page.getByRole('menuitem', { name: entry }).click();
  }

  /** A figure of the header, such as "timeouts". */
  counter(label: string): Locator {
    return this.page
      .locator('.counter')
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .getByRole('definition');
  }

  /** A gauge's own words: "1 percent, 5 bytes, read". */
  async expectGauge(lane: Lane, words: string | RegExp): Promise<void> {
    const meter = this.page.getByRole('meter', { name: lane === 's2c' ? 'server → client' : 'client → server' });
    await expect(meter).toHaveAttribute('aria-valuetext', words);
  }

  /** Ctrl+Enter, as soon as the previous message is on its way. */
  async sendText(text: string): Promise<void> {
    await this.field.fill(text);
    await expect(this.send).toBeEnabled();
    await this.field.press('Control+Enter');
  }

  /** Switches the composer to hex and sends. */
  async sendHex(hex: string): Promise<void> {
    await this.composer.getByRole('tab', { name: 'Hex' }).click();
    await this.sendText(hex);
  }

  /** The row at a position of the filter's result, from 0; it must be in view. */
  row(position: number): Locator {
    return this.log.locator(`[data-position="${position}"]`);
  }

  /** Rows in view that contain `text`. */
  rows(text: string | RegExp): Locator {
    return this.log.getByRole('row').filter({ hasText: text });
  }

  async expectRow(position: number, { seq, direction, kind, size, preview }: RowText): Promise<void> {
    const grouped = (n: number) => n.toLocaleString('en-US');
    await expect(this.row(position).getByRole('gridcell')).toHaveText([
      seq === undefined ? /./ : grouped(seq),
      /\d/,
      /^$|[+−]\d/,
      direction ? LANE_VIEW_WORDS[direction] : /.*/,
      kind ?? /./,
      size === undefined ? /.*/ : grouped(size),
      preview ?? /.*/,
    ]);
  }

  /** How many rows the log reports to assistive technology; its header is one of them. */
  async expectRowCount(count: number): Promise<void> {
    await expect(this.log).toHaveAttribute('aria-rowcount', String(count + 1));
  }

  /** How many messages came in, according to the header. */
  async received(): Promise<number> {
    return Number((await this.counter('in').innerText()).replace(/ .*|,/g, ''));
  }

  async showDetail(form: 'Text' | 'Hex' | 'Fields'): Promise<void> {
    await this.detail.getByRole('tab', { name: form }).click();
  }
}
