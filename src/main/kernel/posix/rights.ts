import { constants } from 'node:fs';
import { checked } from './errors.ts';
import { F_GETFL, fcntl, O_ACCMODE } from './libc.ts';

const FILE_MAP_WRITE = 0x2;
const FILE_MAP_READ = 0x4;
const EVENT_QUERY_STATE = 0x1;
const EVENT_MODIFY_STATE = 0x2;

/** How a file is open, as the access mask that Windows would have granted. */
export const sectionRights = (fd: number): number => rights(fd, FILE_MAP_READ, FILE_MAP_WRITE);
export const eventRights = (fd: number): number => rights(fd, EVENT_QUERY_STATE, EVENT_MODIFY_STATE);

function rights(fd: number, read: number, write: number): number {
  const mode = checked('fcntl', null, fcntl(fd, F_GETFL, 'int', 0)) & O_ACCMODE;
  return (mode === constants.O_WRONLY ? 0 : read) | (mode === constants.O_RDONLY ? 0 : write);
}
