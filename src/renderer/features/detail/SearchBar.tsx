import { Input, Select } from '@fluentui/react-components';
import { ArrowDown16Regular, ArrowUp16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Encoding } from '../../../shared/text/encodings.ts';
import { IconButton, IconToggle } from '../../kit/controls/IconButton.tsx';
import { formatInteger } from '../../kit/format/bytes.ts';
import type { PayloadSource } from '../../view/payload-source.ts';
import { byteTarget, type Hit, type SearchMode, searchPayload } from './byte-search.ts';
import { readOffset } from './byte-selection.ts';
import { textTarget } from './text-search.ts';

interface Props {
  readonly source: PayloadSource;
  readonly encoding: Encoding;
  /** Where the next search starts: at what was found or selected last. */
  readonly current: Hit;
  readonly found: (hit: Hit) => void;
  /** Goes to a byte; absent if bytes have no position. */
  readonly goTo?: (offset: number) => void;
}

/** Searches the whole payload for text or bytes. Enter finds the next match, Shift+Enter the previous one. */
export function SearchBar({ source, encoding, current, found, goTo }: Props) {
  const [mode, setMode] = useState<SearchMode>('text');
  const [text, setText] = useState('');
  const [ignoreCase, setIgnoreCase] = useState(false);
  const [said, setSaid] = useState('');
  const running = useRef(new AbortController());
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    return () => running.current.abort();
  }, []);

  const search = async (direction: 1 | -1) => {
    running.current.abort();
    running.current = new AbortController();
    const { signal } = running.current;
    const read =
      mode === 'hex' ? byteTarget(text) : { ok: true as const, sought: textTarget(text, ignoreCase, encoding) };
    if (!read.ok) return setSaid(read.message);
    if (text === '') return setSaid('');
    setSaid('Searching…');
    const begin = direction > 0 ? (said === '' ? current.from : current.from + 1) : current.from - 1;
    const slice = (from: number, to: number) => source.slice(from, to);
    const result = await searchPayload(slice, source.size, read.sought, begin, direction, signal).catch(() => null);
    if (result === null || signal.aborted) return;
    if (!result.ok) return setSaid(result.failure.message);
    if (!result.value) return setSaid('Not found');
    const { from, to, wrapped } = result.value;
    setSaid(
      `at ${formatInteger(from)}${wrapped ? (direction > 0 ? ', wrapped to the start' : ', wrapped to the end') : ''}`,
    );
    found({ from, to });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void search(event.shiftKey ? -1 : 1);
  };
  const change = (next: () => void) => {
    next();
    setSaid('');
  };

  return (
    <search className="search-bar" aria-label="Find in the payload">
      <Select
        size="small"
        aria-label="Find as"
        value={mode}
        onChange={(_, { value }) => change(() => setMode(value as SearchMode))}
      >
        <option value="text">text</option>
        <option value="hex">hex</option>
      </Select>
      <Input
        input={{ ref: input }}
        size="small"
        aria-label="Find"
        className="search-text"
        placeholder={mode === 'text' ? 'Find' : 'de ad ?? ef'}
        value={text}
        onChange={(_, { value }) => change(() => setText(value))}
        onKeyDown={onKeyDown}
      />
      {mode === 'text' && (
        <IconToggle label="Match case" checked={!ignoreCase} onClick={() => change(() => setIgnoreCase(!ignoreCase))}>
          Aa
        </IconToggle>
      )}
      <IconButton label="Previous match" keys="Shift+Enter" icon={<ArrowUp16Regular />} onClick={() => search(-1)} />
      <IconButton label="Next match" keys="Enter" icon={<ArrowDown16Regular />} onClick={() => search(1)} />
      <span className="search-said number" role="status">
        {said}
      </span>
      {goTo && <GoTo size={source.size} goTo={goTo} />}
    </search>
  );
}

function GoTo({ size, goTo }: { size: number; goTo: (offset: number) => void }) {
  const [text, setText] = useState('');
  const offset = readOffset(text, size);
  const wrong = text !== '' && offset === undefined;
  return (
    <Input
      size="small"
      className="search-offset"
      aria-label="Go to offset"
      aria-invalid={wrong}
      title={
        wrong ? `Offset out of range; the last one is ${size - 1}.` : 'Decimal, or hex such as 0x1f. Press Enter to go.'
      }
      placeholder="offset"
      value={text}
      onChange={(_, { value }) => setText(value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && offset !== undefined) goTo(offset);
      }}
    />
  );
}
