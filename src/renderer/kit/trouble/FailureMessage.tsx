import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { visibleText } from '../format/visible.ts';
import { LogButton, LogFile } from './LogPlace.tsx';

interface Props {
  readonly title: string;
  readonly failure: Failure;
  /** Buttons that offer a remedy. */
  readonly children?: ReactNode;
  /** The button at the end, such as Dismiss. */
  readonly end?: ReactElement<'button'>;
}

/** What happened and why, with the operating system's own words; stays where it is. */
export function FailureMessage({ title, failure, children, end }: Props) {
  return (
    <MessageBar intent="error" layout="multiline" role="alert" className="failure">
      <MessageBarBody>
        <MessageBarTitle>{title}.</MessageBarTitle> <span className="foreign">{visibleText(failure.message)}</span>
        {failure.os && (
          <span className="failure-os foreign">
            OS error {failure.os.code}: {visibleText(failure.os.message)}
          </span>
        )}
        {failure.id && (
          <span className="failure-os">
            See the program log under {failure.id}: <LogFile />
          </span>
        )}
      </MessageBarBody>
      {(children || end || failure.id) && (
        <MessageBarActions {...(end && { containerAction: end })}>
          {children}
          {failure.id && <LogButton />}
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
