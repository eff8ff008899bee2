import { printFilter } from '../filter/filter.ts';
import { AMOUNTS } from '../filter/values.ts';
import type { Alarm } from './ast.ts';

/** The alarm as text that parses to the same alarm. */
export function printAlarm(alarm: Alarm): string {
  if (alarm.type === 'filter') {
    const filter = printFilter(alarm.filter);
    return alarm.times === 1 ? filter : `${filter} for ${alarm.times}`;
  }
  return alarm.lane === null ? printCondition(alarm) : `${alarm.lane} ${printCondition(alarm)}`;
}

function printCondition(alarm: Exclude<Alarm, { type: 'filter' }>): string {
  switch (alarm.type) {
    case 'unread':
      return `unread > ${AMOUNTS.delta.write(alarm.micros)}`;
    case 'silent':
      return `silent ${AMOUNTS.delta.write(alarm.micros)}`;
    case 'rate':
      return `rate ${alarm.sign} ${alarm.count}/${alarm.unit}`;
    case 'anomaly':
      return alarm.codes === '*' ? 'anomaly' : `anomaly ${alarm.codes.join(', ')}`;
    case 'missed':
      return 'missed';
  }
}
