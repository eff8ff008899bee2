import type { Migration } from './migration.ts';

/**
 * - `record.lane`: takes the place of `direction`, which was told from the session's end: 1 is server to client, 2
 *   client to server.
 * - `bucket.*_s2c`, `*_c2s`: take the place of `*_in` and `*_out`.
 *
 * To a client what comes in is server to client, so that the numbers of its sessions stay as they are; those of a
 * server's are swapped.
 */
export const lanes: Migration = {
  rebuild: [],
  sql: `
    ALTER TABLE record RENAME COLUMN direction TO lane;
    UPDATE record SET lane = 3 - lane WHERE session IN (SELECT id FROM session WHERE role = 'server') AND lane IS NOT NULL;
    ALTER TABLE bucket RENAME COLUMN messages_in TO messages_s2c;
    ALTER TABLE bucket RENAME COLUMN messages_out TO messages_c2s;
    ALTER TABLE bucket RENAME COLUMN bytes_in TO bytes_s2c;
    ALTER TABLE bucket RENAME COLUMN bytes_out TO bytes_c2s;
    ALTER TABLE bucket RENAME COLUMN largest_in TO largest_s2c;
    ALTER TABLE bucket RENAME COLUMN largest_out TO largest_c2s;
    ALTER TABLE bucket RENAME COLUMN unread_in TO unread_s2c;
    ALTER TABLE bucket RENAME COLUMN unread_out TO unread_c2s;
    ALTER TABLE bucket RENAME COLUMN sizes_in TO sizes_s2c;
    ALTER TABLE bucket RENAME COLUMN sizes_out TO sizes_c2s;
    ALTER TABLE bucket RENAME COLUMN unreads_in TO unreads_s2c;
    ALTER TABLE bucket RENAME COLUMN unreads_out TO unreads_c2s;
    ALTER TABLE bucket RENAME COLUMN replies_in TO replies_s2c;
    ALTER TABLE bucket RENAME COLUMN replies_out TO replies_c2s;
    UPDATE bucket SET
      messages_s2c = messages_c2s, messages_c2s = messages_s2c,
      bytes_s2c = bytes_c2s, bytes_c2s = bytes_s2c,
      largest_s2c = largest_c2s, largest_c2s = largest_s2c,
      unread_s2c = unread_c2s, unread_c2s = unread_s2c,
      sizes_s2c = sizes_c2s, sizes_c2s = sizes_s2c,
      unreads_s2c = unreads_c2s, unreads_c2s = unreads_s2c,
      replies_s2c = replies_c2s, replies_c2s = replies_s2c
    WHERE session IN (SELECT id FROM session WHERE role = 'server');
  `,
};
