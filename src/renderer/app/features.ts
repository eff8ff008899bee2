import { alarms } from '../features/alarms/feature.tsx';
import { captures } from '../features/captures/feature.tsx';
import { composer } from '../features/composer/feature.ts';
import { detail } from '../features/detail/feature.ts';
import { discovery } from '../features/discovery/feature.ts';
import { exports } from '../features/exports/feature.ts';
import { header } from '../features/header/feature.ts';
import { lab } from '../features/lab/feature.tsx';
import { lens } from '../features/lens/feature.tsx';
import { log } from '../features/log/feature.ts';
import { newSessions } from '../features/new-session/feature.ts';
import { peers } from '../features/peers/feature.ts';
import { raw } from '../features/raw/feature.ts';
import { replay } from '../features/replay/feature.ts';
import { replayProgress } from '../features/replay-progress/feature.ts';
import { responder } from '../features/responder/feature.ts';
import { sessions } from '../features/sessions/feature.ts';
import { settings } from '../features/settings/feature.tsx';
import { timeline } from '../features/timeline/feature.ts';
import { types } from '../features/types/feature.tsx';
import { watch } from '../features/watch/feature.tsx';
import type { Feature } from '../view/feature.ts';

/** What the window consists of. Panes are in reading order. */
const FEATURES: readonly Feature[] = [
  newSessions,
  sessions,
  discovery,
  peers,
  exports,
  replay,
  header,
  responder,
  replayProgress,
  timeline,
  raw,
  log,
  composer,
  detail,
  watch,
  lens,
  types,
  alarms,
  lab,
  captures,
  settings,
];

const given = <K extends keyof Feature>(what: K): NonNullable<Feature[K]>[] =>
  FEATURES.map((feature) => feature[what]).filter((one) => one !== undefined);

export const COMMANDS = given('commands');
export const PANES = given('pane');
export const PAGES = given('page');
export const DIALOGS = given('dialog');
export const FOLLOWERS = given('follow');
