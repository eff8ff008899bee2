import { Button } from '@fluentui/react-components';
import type { ResponderState } from '../../../shared/responder/state.ts';
import { useApi } from '../../host/api-context.ts';
import { useEndpoint } from '../../host/host-store.ts';
import { formatInteger, plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { editResponder } from './responder-store.ts';
import './responder.css';

/** That an end responds by rules, with their counts; absent if it has none. */
export function ResponderPane({ session }: { session: number }) {
  const api = useApi();
  const responder = useEndpoint(session, (end) => ({ responder: end.responder }))?.responder;
  if (!responder) return null;
  const { name, rules, dropped } = responder;
  const on = rules.filter(({ enabled, failure }) => enabled && failure === null).length;
  const failed = rules.filter(({ failure }) => failure !== null);
  return (
    <section className="responder-pane" data-pane="responder" aria-label="Answers">
      <span className="responder-title">Answers{name !== null && `: ${visibleText(name)}`}</span>
      <span className="number">
        {formatInteger(on)} of {plural(rules.length, 'rule')} on · {plural(repliesOf(responder), 'reply', 'replies')}{' '}
        sent
      </span>
      {dropped > 0 && (
        <span className="warn number">{plural(dropped, 'message')} not answered: too many replies were waiting</span>
      )}
      {failed[0] && (
        <span className="bad foreign">
          {visibleText(failed[0].name)}: {visibleText(failed[0].failure ?? '')}
        </span>
      )}
      <Button size="small" className="responder-edit" onClick={() => void editResponder(api, session)}>
        Rules…
      </Button>
    </section>
  );
}

const repliesOf = ({ rules }: ResponderState): number => rules.reduce((sum, { replies }) => sum + replies, 0);
