import { formatInteger, plural } from '../../../kit/format/bytes.ts';
import { formatClock, type Zone } from '../../../kit/format/time.ts';
import type { Trigger } from './trigger-store.ts';

/** "armed · record 1,200", "triggered at #1,234 10:00:02.500000 · 3 times". */
export function stateWords({ state, hit, next, count, around }: Trigger, zone: Zone): string {
  const where = hit ? `at #${formatInteger(hit.seq)} ${formatClock(hit.wall, zone)}` : '';
  const often = count > 1 ? ` · ${plural(count, 'time')}` : '';
  switch (state) {
    case 'off':
      return '';
    case 'armed':
      return `armed · from record ${formatInteger(next)}${hit ? ` · last ${where}${often}` : ''}`;
    case 'waiting':
      return `triggered ${where} · waits for ${plural(around, 'record')} after it`;
    case 'triggered':
      return `triggered ${where}${often}`;
  }
}
