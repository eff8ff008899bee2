import type { Kind } from '../../../shared/record-kind.ts';

/** Drawn in 12 × 12, by the kind of a record; a plain message has none. */
const PATHS: Readonly<Record<Kind, string | null>> = {
  opened: 'M2.5 6h6M6 3.2 8.8 6 6 8.8M10.5 2v8',
  message: null,
  timeout: 'M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M6 3.6V6l1.7 1',
  exit: 'M1.5 2v8M3.5 6h6.5M7.2 3.2 10 6 7.2 8.8',
  error: 'M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M4.3 4.3l3.4 3.4M7.7 4.3 4.3 7.7',
  anomaly: 'M6 1.8 11 10.2H1zM6 5v2.2M6 8.6v.3',
  alarm: 'M6 1.5a3 3 0 0 0-3 3v2.3L2 8.5h8L9 6.8V4.5a3 3 0 0 0-3-3M5 10h2',
  snapshot: 'M1.5 3.5h2L4.5 2h3l1 1.5h2v6h-9zM6 4.8a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2',
  closed: 'M3 3h6v6H3z',
  notice: 'M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M6 5.6v2.8M6 3.6v.2',
};

export function KindIcon({ kind }: { kind: Kind }) {
  const path = PATHS[kind];
  return (
    <svg className="kind-icon" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {path && <path d={path} />}
    </svg>
  );
}
