import * as v from 'valibot';
import { integer, MAX_TIMEOUT_MS } from '../../../shared/domain.ts';
import { createStoredValue } from '../../host/storage/stored.ts';

const timeout = createStoredValue<number>({
  key: 'receive-timeout',
  schema: v.pipe(v.number(), integer('The timeout', 1, MAX_TIMEOUT_MS)),
  what: 'last timeout',
  fallback: 1000,
});

/** The timeout that was used last, in ms. */
export const lastTimeout = timeout.get;
export const rememberTimeout = timeout.set;
