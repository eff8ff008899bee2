import { Button, Select } from '@fluentui/react-components';
import { ArrowDown16Regular, ArrowUp16Regular, Delete16Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import { matches } from '../../../shared/types/bindings/bound.ts';
import { useSession } from '../../host/host-store.ts';
import { visibleText } from '../../kit/format/visible.ts';
import {
  addFieldColumn,
  MOST_FIELDS,
  moveFieldColumn,
  removeFieldColumn,
  resizeFieldColumn,
  useFieldColumns,
} from '../../view/field-columns.ts';
import { useSessionTypes } from '../../view/types-store.ts';
import { MAX_WIDTH, MIN_WIDTH } from './column-store.ts';

/** The columns of a channel's fields: adds, orders, sizes and removes them, all by keyboard. */
export function FieldColumnsMenu({ session }: { session: number }) {
  const columns = useFieldColumns(session);
  const known = useKnownFields(session);
  const left = known.filter((path) => !columns.some((one) => one.path === path));
  if (columns.length === 0 && known.length === 0) return null;
  return (
    <section className="field-columns" aria-label="Fields">
      <ul className="field-columns-list">
        {columns.map(({ path, width }, at) => (
          <li key={path}>
            <span className="foreign field-column" title={visibleText(path)}>
              {visibleText(path)}
            </span>
            <input
              type="number"
              className="column-width number"
              aria-label={`${path}: width in pixels`}
              min={MIN_WIDTH}
              max={MAX_WIDTH}
              step={4}
              value={width}
              onChange={({ target }) => target.value !== '' && resizeFieldColumn(session, path, Number(target.value))}
            />
            <Button
              size="small"
              appearance="subtle"
              icon={<ArrowUp16Regular />}
              aria-label={`${path}: move left`}
              disabledFocusable={at === 0}
              onClick={() => moveFieldColumn(session, path, columns[at - 1]?.path ?? null)}
            />
            <Button
              size="small"
              appearance="subtle"
              icon={<ArrowDown16Regular />}
              aria-label={`${path}: move right`}
              disabledFocusable={at === columns.length - 1}
              onClick={() => moveFieldColumn(session, path, columns[at + 2]?.path ?? null)}
            />
            <Button
              size="small"
              appearance="subtle"
              icon={<Delete16Regular />}
              aria-label={`${path}: remove`}
              onClick={() => removeFieldColumn(session, path)}
            />
          </li>
        ))}
      </ul>
      {left.length > 0 && columns.length < MOST_FIELDS && (
        <Select
          size="small"
          aria-label="Add a field"
          value=""
          onChange={(_, { value }) => value !== '' && addFieldColumn(session, value)}
        >
          <option value="">Add a field…</option>
          {left.map((path) => (
            <option key={path} value={path}>
              {visibleText(path)}
            </option>
          ))}
        </Select>
      )}
    </section>
  );
}

/** The fields of all types that messages of the session's channel may have. */
function useKnownFields(session: number): readonly string[] {
  const section = useSession(session, (one) => one.section);
  const types = useSessionTypes(session);
  return useMemo(() => {
    const own = (types?.bindings ?? []).filter(
      ({ rule: { channel } }) => channel === undefined || (section !== undefined && matches(channel, section)),
    );
    return [...new Set(own.flatMap(({ decoder }) => decoder.fields.map(({ path }) => path)))];
  }, [types, section]);
}
