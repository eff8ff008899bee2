import { Button } from '@fluentui/react-components';
import {
  AddRegular,
  DataHistogramRegular,
  FlashRegular,
  LayerRegular,
  RulerRegular,
  SubtractRegular,
} from '@fluentui/react-icons';
import { IconButton, IconToggle } from '../../kit/controls/IconButton.tsx';
import { useCursors } from './cursor-store.ts';
import { toggleCursors } from './timeline-commands.ts';
import { showSpan } from './timeline-store.ts';
import { toggleTriggerLine, useTriggerOpen } from './trigger/trigger-store.ts';
import type { TimelineView } from './use-timelines.ts';

interface Props {
  readonly session: number;
  readonly view: TimelineView | null;
  readonly isZoomed: boolean;
  readonly zoomBy: (factor: number) => void;
  readonly show: (dialog: 'figures' | 'sweeps') => void;
}

/** Cursors, zoom and statistics. */
export function Tools({ session, view, isZoomed, zoomBy, show }: Props) {
  const { a, b } = useCursors(session);
  const hasTrigger = useTriggerOpen(session);
  return (
    <>
      {isZoomed && (
        <Button size="small" appearance="subtle" onClick={() => showSpan(session, null)}>
          Show all
        </Button>
      )}
      <IconToggle
        label="Cursors"
        hint="Measure between two cursors: Ctrl+drag sets them"
        keys="Alt+K"
        icon={<RulerRegular />}
        checked={a !== null || b !== null}
        disabledFocusable={!view}
        onClick={() => toggleCursors(session, view)}
      />
      <IconToggle
        label="Trigger"
        hint="Stop the view where something happens"
        keys="Alt+J"
        icon={<FlashRegular />}
        checked={hasTrigger}
        onClick={() => toggleTriggerLine(session)}
      />
      <IconButton
        label="Zoom out"
        keys="Alt+PageDown"
        icon={<SubtractRegular />}
        disabledFocusable={!isZoomed}
        onClick={() => zoomBy(2)}
      />
      <IconButton
        label="Zoom in"
        keys="Alt+PageUp"
        icon={<AddRegular />}
        disabledFocusable={!view}
        onClick={() => zoomBy(0.5)}
      />
      <IconButton
        label="Overlay sweeps"
        keys="Alt+V"
        icon={<LayerRegular />}
        disabledFocusable={!view}
        onClick={() => show('sweeps')}
      />
      <IconButton
        label="Statistics for this span"
        keys="Alt+G"
        icon={<DataHistogramRegular />}
        disabledFocusable={!view}
        onClick={() => show('figures')}
      />
    </>
  );
}
