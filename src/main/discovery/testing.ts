import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach } from 'vitest';
import type { Layout } from '../../shared/domain.ts';
import { builtWorker } from '../built-worker.testing.ts';
import { geometry } from '../channel/layout.ts';
import { openDirectory, openKernel } from '../kernel/open.ts';
import { Discoverer } from './discoverer.ts';

export const WORKER = builtWorker('discovery');

/** Objects of a runtime directory of each test's own; they are closed when it ends. */
export function objects() {
  const folder = mkdtempSync(join(tmpdir(), 'shmscope-discovery-'));
  const open: { close(): void }[] = [];
  const before = process.env.SHMSCOPE_RUNTIME_DIR;
  beforeEach(() => {
    process.env.SHMSCOPE_RUNTIME_DIR = mkdtempSync(join(folder, 'run-'));
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
    process.env.SHMSCOPE_RUNTIME_DIR = before;
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const section = async (name: string, size: number) => {
    const { section } = (await openKernel()).createSection(name, size);
    open.push(section);
    return section;
  };
  const events = async (...names: string[]) => {
    const kernel = await openKernel();
    return names.map((name) => {
      const { event } = kernel.createEvent(name);
      open.push(event);
      return event;
    });
  };
  /** A fresh channel, without events. */
  const channel = async (name: string, layout: Layout = 'sized', bufferSize = 1000) => {
    const made = await section(name, geometry(layout, bufferSize).sectionBytes);
    if (layout === 'sized') made.storeU32(0, bufferSize);
    return made;
  };
  return { section, channel, events, discoverer: async () => new Discoverer(await openDirectory()) };
}
