import type { TapMode, TapSnapshot } from '../../../shared/session.ts';
import { laneList } from '../../../shared/session-kind.ts';
import type { Geometry } from '../../channel/layout.ts';
import type { HeldRights } from '../../channel/tap/tapped-channel.ts';

const n = (count: number) => count.toLocaleString('en-US');

const placed = ({ layout, capacity, sectionBytes }: Geometry, extent: number) =>
  `layout ${layout}, ${n(capacity)} bytes per lane, ${n(sectionBytes)} of the section's ${n(extent)} bytes used.`;

const inMode = (mode: TapMode) => (mode === 'full' ? 'at full speed' : `in ${mode} mode`);

export const changedMode = (mode: TapMode) => `The tap looks ${inMode(mode)} from now on.`;

/** Says in which lanes the log is only a sample, for its end; null if in none. */
export function wasSampled(sampled: TapSnapshot['sampled']): string | null {
  const lanes = laneList(sampled);
  return lanes && `${lanes} sampled: between two looks a message may have passed without a trace.`;
}

/** What the record that opens a tap's log says. */
export function opened({
  mode,
  geometry,
  extent,
  waitedMs,
  rights,
  problems,
}: {
  mode: TapMode;
  geometry: Geometry | null;
  extent: number;
  waitedMs: number | null;
  rights: readonly HeldRights[];
  problems: readonly string[];
}): string {
  const waited = waitedMs === null ? '' : ` after waiting ${n(Math.round(waitedMs))} ms`;
  const where = geometry
    ? placed(geometry, extent)
    : `the layout of the section's ${n(extent)} bytes is not known yet.`;
  const held = rights.map((each) => `${each.rights.join(' and ')} on "${each.object}"`).join(', ');
  const without = problems.map((problem) => ` Without the state of an event: ${problem}`).join('');
  return `Opened as tap ${inMode(mode)}${waited}: ${where} Rights held: ${held}.${without}`;
}

export const located = ({ layout, capacity }: Geometry) =>
  `The layout is ${layout}, with ${n(capacity)} bytes per lane. The tap follows both lanes.`;

export const unlocated = (why: string) => `The tap can't find the messages yet. ${why}`;
