import { useMemo } from 'react';
import type { LogRow } from '../../../shared/log.ts';
import { fieldAtPath } from '../../../shared/types/paths.ts';
import { useSession } from '../../host/host-store.ts';
import { fieldTermOf } from '../../view/field-term.ts';
import { useSessionTypes } from '../../view/types-store.ts';
import { type ColumnName, pathOfColumn } from './columns.tsx';
import type { RowValue } from './values.ts';

/** The value of a row in a field's column; undefined in another column, and if the row lacks bytes. */
export function useFieldValue(session: number, row: LogRow, column: ColumnName | null): RowValue | undefined {
  const section = useSession(session, (one) => one.section);
  const types = useSessionTypes(session);
  return useMemo(() => {
    const path = column === null ? undefined : pathOfColumn(column);
    if (path === undefined || column === null || row.kind !== 'message' || row.preview.length < row.size)
      return undefined;
    const decoder = types?.match(section, row.lane, row.preview)?.decoder;
    const field = decoder && fieldAtPath(decoder.decode(row.preview).fields, path);
    const value = field && fieldTermOf(decoder, path, field);
    return value && { column, ...value };
  }, [section, types, row, column]);
}
