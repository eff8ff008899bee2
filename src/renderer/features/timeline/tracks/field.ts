import type { PlottedField } from '../../../../shared/field-plot.ts';
import { LANE_VIEW_WORDS } from '../../../../shared/session-kind.ts';
import { visibleText } from '../../../kit/format/visible.ts';
import type { Span } from '../range.ts';
import { numberDrawing } from './field-number.ts';
import type { FieldSlice } from './field-slice.ts';
import { statesDrawing } from './field-states.ts';
import type { Drawing, Track } from './track.ts';

const PREFIX = 'field';
const LANE = /^field:(s2c|c2s|both):(.+)$/s;

/** The name of a field's track, which contains everything about it. */
export const idOfField = ({ path, lane }: PlottedField): string => `${PREFIX}:${lane ?? 'both'}:${path}`;

export function fieldOfId(id: string): PlottedField | undefined {
  const [, lane, path] = LANE.exec(id) ?? [];
  if (path === undefined) return undefined;
  return { path, lane: lane === 's2c' || lane === 'c2s' ? lane : null };
}

const EMPTY: Drawing = { marks: [], draw: () => {}, at: () => '', over: () => 'no values' };

function drawingOf(slice: FieldSlice | undefined, span: Span): Drawing {
  if (!slice?.series.count.some((count) => count > 0)) return EMPTY;
  return slice.series.states.length > 0 ? statesDrawing(slice) : numberDrawing(slice, span);
}

/** A number as a line, states of an enum, a bool or a text as bands. */
export function fieldTrack(field: PlottedField): Track {
  const id = idOfField(field);
  const path = visibleText(field.path);
  const lane = field.lane ? ` ${LANE_VIEW_WORDS[field.lane]}` : '';
  return {
    id,
    label: (path.split('.').at(-1) ?? path) + lane,
    title: `The field ${path}${lane ? ` of messages${lane}` : ''}`,
    height: 48,
    lowHeight: 36,
    drawing: ({ field: slice }, span) => drawingOf(slice, span),
  };
}
