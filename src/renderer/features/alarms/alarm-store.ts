import * as v from 'valibot';
import { alarmTextsSchema } from '../../../shared/alarm/texts.ts';
import { preference } from '../../host/storage/preference.ts';

/** Channels whose alarms are kept; the least recently changed one makes room. */
const MAX_CHANNELS = 200;

const schema = v.object({
  /** Whether the system notifies too when an alarm fires. */
  notify: v.boolean(),
  /** By section name; last changed first. */
  channels: v.pipe(
    v.array(
      v.object({
        section: v.string(),
        texts: alarmTextsSchema,
      }),
    ),
    v.maxLength(MAX_CHANNELS),
  ),
});
export type KeptAlarms = v.InferOutput<typeof schema>;

export const useKeptAlarms = preference<KeptAlarms>('alarms', schema, { notify: false, channels: [] });

const NONE: readonly string[] = [];

/** What is watched for on this section's channel, in any session. */
export const alarmsOf = ({ channels }: KeptAlarms, section: string): readonly string[] =>
  channels.find((one) => one.section === section)?.texts ?? NONE;

export function keepAlarms(section: string, texts: readonly string[]): void {
  useKeptAlarms.setState(({ channels }) => {
    const others = channels.filter((one) => one.section !== section);
    const kept = texts.length === 0 ? others : [{ section, texts: [...new Set(texts)] }, ...others];
    return { channels: kept.slice(0, MAX_CHANNELS) };
  });
}
