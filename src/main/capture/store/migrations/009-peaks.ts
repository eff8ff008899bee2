import type { Migration } from './migration.ts';

/**
 * `bucket.peak_messages`, `peak_bytes`: the most of both lanes together in any of its lowest-level buckets. They follow
 * from those buckets, even after retention has removed the records.
 */
export const peaks: Migration = {
  rebuild: [],
  sql: `
    ALTER TABLE bucket ADD COLUMN peak_messages INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE bucket ADD COLUMN peak_bytes INTEGER NOT NULL DEFAULT 0;
    UPDATE bucket SET peak_messages = messages_s2c + messages_c2s, peak_bytes = bytes_s2c + bytes_c2s WHERE level = 0;
    ${[1, 2, 3, 4, 5, 6, 7]
      .map(
        (level) => `
    UPDATE bucket SET (peak_messages, peak_bytes) = (
      SELECT coalesce(max(part.peak_messages), 0), coalesce(max(part.peak_bytes), 0) FROM bucket AS part
      WHERE part.session = bucket.session AND part.level = ${level - 1}
        AND part.bucket BETWEEN bucket.bucket * 5 AND bucket.bucket * 5 + 4
    ) WHERE level = ${level};`,
      )
      .join('')}
  `,
};
