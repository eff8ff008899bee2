import { Component, type ErrorInfo, type ReactNode } from 'react';
import { visibleText } from '../format/visible.ts';
import { report } from './report.ts';
import './trouble.css';

interface State {
  readonly error: unknown;
  readonly id?: string | undefined;
}

/** What is left if the parts' own boundaries fail: plain, so that none of it can. */
export class WindowBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: State | null }> {
  override state: { readonly broken: State | null } = { broken: null };

  static getDerivedStateFromError(error: unknown) {
    return { broken: { error } };
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    void report('The window', error, componentStack ?? '').then((id) => this.setState({ broken: { error, id } }));
  }

  override render(): ReactNode {
    const { broken } = this.state;
    if (!broken) return this.props.children;
    const message = broken.error instanceof Error ? broken.error.message : String(broken.error);
    return (
      <main className="broken-window" role="alert">
        <h1>Couldn't show the window.</h1>
        <p>Sessions and the capture keep running. Reload the window to see them.</p>
        <p className="foreign">{visibleText(message)}</p>
        {broken.id && <p>See the program log under {broken.id}.</p>}
        <button type="button" onClick={() => location.reload()}>
          Reload window
        </button>
      </main>
    );
  }
}
