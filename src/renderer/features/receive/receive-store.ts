import * as v from 'valibot';
import { integer, MAX_TIMEOUT_MS } from '../../../shared/domain.ts';
import { preference } from '../../host/storage/preference.ts';

const timeout = preference<number>(
  'receive-timeout',
  v.pipe(v.number(), integer('The timeout', 1, MAX_TIMEOUT_MS)),
  1000,
);

/** The timeout that was used last, in ms. */
export const lastTimeout = timeout.getState;
export const rememberTimeout = (ms: number): void => timeout.setState(ms);
