import { Button } from '@fluentui/react-components';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { notify } from '../../host/notices-store.ts';
import { copyText } from '../format/clipboard.ts';
import { FailureMessage } from './FailureMessage.tsx';
import { failureOf, report } from './report.ts';
import './trouble.css';

interface Props {
  /** As the start of a sentence: "The log". */
  readonly name: string;
  /** When it changes, the part is tried again: then it shows something else. */
  readonly about?: unknown;
  /**
   * For what has no place in the window, such as a dialog: closes it, which changes `about`. What happened is shown as
   * a notice.
   */
  readonly close?: () => void;
  readonly children: ReactNode;
}

/** What a part of the window failed to draw. */
interface Broken {
  readonly error: unknown;
  readonly id?: string | undefined;
  readonly parts?: string;
}

/** Keeps failures in one part of the window from the others; says what happened, and offers to reload the part. */
export class PaneBoundary extends Component<Props, { readonly broken: Broken | null }> {
  override state: { readonly broken: Broken | null } = { broken: null };

  static getDerivedStateFromError(error: unknown) {
    return { broken: { error } };
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    void this.#report(error, componentStack ?? '');
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.broken && before.about !== this.props.about) this.#again();
  }

  async #report(error: unknown, parts: string): Promise<void> {
    const { name, close } = this.props;
    close?.();
    const id = await report(name, error, parts);
    if (close) notify(`Couldn't show the ${name}`, failureOf(error, id));
    else this.setState(({ broken }) => ({ broken: broken?.error === error ? { error, id, parts } : broken }));
  }

  readonly #again = () => this.setState({ broken: null });

  override render(): ReactNode {
    const { broken } = this.state;
    if (!broken) return this.props.children;
    return this.props.close ? null : <BrokenPane name={this.props.name} broken={broken} again={this.#again} />;
  }
}

function BrokenPane({ name, broken, again }: { name: string; broken: Broken; again: () => void }) {
  const { error, id, parts = '' } = broken;
  const details = [name, id, error instanceof Error ? error.stack : String(error), parts].filter(Boolean).join('\n');
  const copy = async () => {
    const copied = await copyText(details);
    if (!copied.ok) notify("Couldn't copy the details", copied.failure);
  };
  return (
    <section className="broken-pane" aria-label={name}>
      <FailureMessage title={`Couldn't show the ${name}`} failure={failureOf(error, id)}>
        <Button size="small" onClick={again}>
          Reload
        </Button>
        <Button size="small" onClick={copy}>
          Copy details
        </Button>
      </FailureMessage>
    </section>
  );
}
