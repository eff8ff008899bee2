import { cutTo } from '../../capture/export/cells.ts';
import { hexPieces, payloadText } from '../../capture/export/pieces.ts';
import { summary } from '../../capture/export/plain-text.ts';
import type { WholeRecord } from '../../capture/export/records.ts';
import { nameOnOneLine, oneLine } from '../../capture/export/visible.ts';
import type { SessionDescription } from '../../capture/store/describe.ts';

/** Characters of a payload in a line. */
const SHOWN = 120;

/** The line above the records of one of several sessions. */
export const sessionLine = ({ session, role, section }: SessionDescription): string =>
  `# session ${session}: ${role} of ${nameOnOneLine(section)}\n`;

/** A record with the beginning of its payload. */
export const foundLine = (record: WholeRecord): string => `${summary(record)}${previewOf(record)}\n`;

function previewOf(record: WholeRecord): string {
  if (record.bytes.length === 0) return '';
  const text = payloadText(record);
  const [start = ''] = text ?? hexPieces(record.bytes.subarray(0, SHOWN));
  const shown = cutTo(start, SHOWN);
  const rest = shown.length < start.length || (!text && record.bytes.length > SHOWN / 2) ? '…' : '';
  return `  ${text ? '' : 'hex '}${oneLine(shown)}${rest}`;
}
