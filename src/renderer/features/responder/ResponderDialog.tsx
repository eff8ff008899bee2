import { Button, Tab, TabList } from '@fluentui/react-components';
import { useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { printResponder, readResponder } from '../../../shared/responder/read.ts';
import type { ResponderRules } from '../../../shared/responder/schema.ts';
import { useApi } from '../../host/api-context.ts';
import { useEndpoint } from '../../host/host-store.ts';
import { Modal } from '../../kit/controls/Modal.tsx';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { shortName } from '../../view/session-text.ts';
import { FileButtons } from './FileButtons.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { RuleSetMenu } from './RuleSetMenu.tsx';
import { closeResponder, useResponderDialog } from './responder-store.ts';
import { YamlEditor } from './YamlEditor.tsx';
import './responder.css';

/** How a problem names what comes from no file. */
const HERE = 'rules';

/** The rules by which an end responds. */
export function ResponderDialog() {
  const asked = useResponderDialog((state) => state.asked);
  return asked && <Rules session={asked.session} begin={asked.rules} />;
}

function Rules({ session, begin }: { session: number; begin: ResponderRules }) {
  const api = useApi();
  const end = useEndpoint(session, ({ role, section, responder }) => ({ role, section, on: responder !== null }));
  /** null while what is written isn't valid rules. */
  const [rules, setRules] = useState<ResponderRules | null>(begin);
  /** The text if it is written as YAML; null in the form. */
  const [yaml, setYaml] = useState<string | null>(null);
  /** Other rules need other fields. */
  const [loads, setLoads] = useState(0);
  const [wrong, setWrong] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const write = (text: string) => {
    setYaml(text);
    setRules(readResponder(text, HERE).rules ?? null);
  };
  const load = (text: string) => {
    const read = readResponder(text, HERE);
    if (read.rules) use(read.rules, text);
    else write(text);
  };
  const use = (next: ResponderRules, text = printResponder(next)) => {
    setRules(next);
    setLoads(loads + 1);
    setYaml(yaml === null ? null : text);
    setWrong(false);
  };
  const set = async (given: ResponderRules | null) => {
    const result = await api.setResponder(session, given);
    if (result.ok) closeResponder();
    else setFailure(result.failure);
  };
  if (!end) return null;
  return (
    <Modal
      title={`Answers of ${shortName(end.section)}, ${end.role}`}
      className="responder"
      close={closeResponder}
      actions={
        <>
          <Button onClick={closeResponder}>Cancel</Button>
          {end.on && <Button onClick={() => void set(null)}>Stop answering</Button>}
          <Button
            appearance="primary"
            disabledFocusable={rules === null || rules.rules.length === 0 || wrong}
            onClick={() => rules && void set(rules)}
          >
            Answer with these rules
          </Button>
        </>
      }
    >
      <div className="responder-bar">
        <TabList
          size="small"
          selectedValue={yaml === null ? 'form' : 'yaml'}
          onTabSelect={(_, { value }) => {
            setYaml(value === 'yaml' && rules ? printResponder(rules) : null);
            setWrong(false);
          }}
        >
          <Tab value="form" disabled={rules === null}>
            Rules
          </Tab>
          <Tab value="yaml">As YAML</Tab>
        </TabList>
        <span className="responder-files">
          <RuleSetMenu rules={wrong ? null : rules} use={use} />
          <FileButtons rules={rules} load={load} />
        </span>
      </div>
      {yaml !== null || rules === null ? (
        <YamlEditor text={yaml ?? ''} problems={readResponder(yaml ?? '', HERE).problems} change={write} />
      ) : (
        <RuleEditor key={loads} session={session} rules={rules} change={setRules} tellWrong={setWrong} />
      )}
      {failure && <FailureMessage title="Couldn't set the rules" failure={failure} />}
    </Modal>
  );
}
