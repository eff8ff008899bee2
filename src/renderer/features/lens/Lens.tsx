import { Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import type { LensTarget, Reason } from '../../../shared/lens.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { ByteTable } from './ByteTable.tsx';
import { Readings } from './Readings.tsx';
import { useLens } from './use-lens.ts';
import { Verdict } from './Verdict.tsx';
import './lens.css';

/** A channel through the lens: the verdict, then the bytes as each layout reads them; live. */
export function Lens({ target }: { target: LensTarget }) {
  const { view, failure } = useLens(target);
  const [lit, light] = useState<Reason | null>(null);
  return (
    <div className="lens">
      {failure && <FailureMessage title="Couldn't read the channel" failure={failure} />}
      {!view && !failure && <Spinner size="tiny" label="Looking…" className="page-wait" />}
      {view && (
        <>
          <Verdict verdict={view.verdict} lit={lit} light={light} />
          <ByteTable view={view} lit={lit} />
          <Readings readings={view.readings} light={light} />
        </>
      )}
    </div>
  );
}
