import type { ComponentType, ReactElement } from 'react';
import type { Api } from '../../shared/api.ts';
import type { Ability, SessionKind } from '../../shared/session-kind.ts';
import type { Command } from '../kit/commands/registry.ts';
import type { Page } from './page-store.ts';
import type { LogView } from './view-store.ts';

/**
 * What a feature adds to the window; a list in `app/` joins them. Commands that need a pane are registered by the pane.
 */
export interface Feature {
  readonly commands?: (api: Api) => readonly Command[];
  readonly pane?: Pane;
  readonly page?: FeaturePage;
  readonly dialog?: FeatureDialog;
  /** Runs as long as the window does; returns a function that stops it. */
  readonly follow?: (api: Api) => () => void;
}

/** A part of a session's workspace. */
export interface Pane {
  /** Its root element has this as `data-pane`. */
  readonly id: string;
  /** Its name in a sentence. */
  readonly name: string;
  /** Those at the top are stacked; below them the main one, and at the bottom left and right. */
  readonly place: 'top' | 'main' | 'left' | 'right';
  /** Where it is in a session of another kind than most; null: absent. */
  readonly placeIn?: Readonly<Partial<Record<SessionKind, Pane['place'] | null>>>;
  /** What a session must be able to do to have it; omitted: every session has it. */
  readonly needs?: Ability;
  /** Selects what in it gets the focus first; without it, F6 skips it. */
  readonly first?: string;
  /** When this changes, a pane that could not be drawn is tried again. */
  readonly about?: (view: LogView) => unknown;
  readonly Pane: ComponentType<{ session: number }>;
}

/** What the main area can show instead of a session. */
interface FeaturePage {
  readonly id: Exclude<Page, 'session'>;
  readonly label: string;
  readonly icon: ReactElement;
  /** Of the command that shows it. */
  readonly title: string;
  readonly keys: string;
  readonly Page: ComponentType;
}

/** A dialog that opens itself. */
export interface FeatureDialog {
  /** Its name in a sentence. */
  readonly name: string;
  /** What it was opened for. */
  readonly useAbout: () => unknown;
  readonly close: () => void;
  readonly Dialog: ComponentType;
}

/** Selects what can be pressed. */
export const USABLE = 'button:not(:disabled, [aria-disabled="true"])';
