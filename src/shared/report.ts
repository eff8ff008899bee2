import * as v from 'valibot';

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** An unexpected error of a window's own code, for the program's log. */
export const reportSchema = v.strictObject({
  /** The part of the window, as named in a sentence. */
  where: text(100),
  name: text(100),
  message: text(2000),
  stack: text(8000),
});
export type Report = v.InferOutput<typeof reportSchema>;

/** `error` as a report, truncated to a report's limits. @param more frames of the parts around it */
export function reportOf(where: string, error: unknown, more = ''): Report {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return {
    where: where.slice(0, 100),
    name: name.slice(0, 100),
    message: message.slice(0, 2000),
    stack: `${stack}\n${more}`.slice(0, 8000),
  };
}
