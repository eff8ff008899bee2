import { type KeyboardEvent, type RefObject, useLayoutEffect, useState } from 'react';
import type { Problem } from '../../../shared/types/model.ts';
import { isPress } from '../../kit/commands/keys.ts';
import './code-editor.css';

const LINE_HEIGHT = 18;

interface Props {
  readonly label: string;
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly problems: readonly Problem[];
  readonly placeholder?: string;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  /** Ctrl+S. */
  readonly save?: () => void;
}

/** Plain text with line numbers; mistakes are underlined in place and marked beside their line. */
export function CodeEditor({ label, text, setText, problems, placeholder, input, save }: Props) {
  const [view, setView] = useState({ top: 0, left: 0, height: 0 });
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    const measure = () => setView({ top: element.scrollTop, left: element.scrollLeft, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [input]);
  const lines = text.split('\n');
  const first = Math.max(0, Math.floor((view.top - 6) / LINE_HEIGHT));
  const last = Math.min(lines.length, first + Math.ceil(view.height / LINE_HEIGHT) + 1);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  const wrong = new Map(problems.map((problem) => [problem.line, problem]));
  const onKeyDown = (event: KeyboardEvent) => {
    if (!save || !isPress('Ctrl+S', event)) return;
    event.preventDefault();
    save();
  };
  return (
    <div className="code-editor">
      <div
        className="code-gutter number"
        aria-hidden="true"
        style={{ minWidth: `${String(lines.length).length + 3}ch` }}
      >
        <div style={{ transform: `translateY(${first * LINE_HEIGHT - view.top + 6}px)` }}>
          {shown.map((line) => {
            const problem = wrong.get(line + 1);
            return (
              <div
                key={line}
                className={problem ? `code-number ${problem.severity}` : 'code-number'}
                title={problem?.message}
              >
                {line + 1}
              </div>
            );
          })}
        </div>
      </div>
      <div className="code-body">
        <div className="code-marks" aria-hidden="true">
          {problems
            .filter(({ line }) => line - 1 >= first && line - 1 < last)
            .map((problem) => (
              <Mark
                key={`${problem.line} ${problem.column} ${problem.message}`}
                {...{ problem, view }}
                line={lines[problem.line - 1] ?? ''}
              />
            ))}
        </div>
        <textarea
          ref={input}
          aria-label={label}
          aria-invalid={problems.some(({ severity }) => severity === 'error')}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder={placeholder}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  );
}

interface MarkProps {
  readonly problem: Problem;
  readonly line: string;
  readonly view: { readonly top: number; readonly left: number };
}

/** Underlines the word at which a problem begins. */
function Mark({ problem: { line: number, column, severity }, line, view }: MarkProps) {
  const before = line.slice(0, column - 1);
  const word = /^(\w+|\S)/.exec(line.slice(column - 1))?.[0] ?? ' ';
  return (
    <div
      className="code-mark"
      style={{ transform: `translate(${-view.left}px, ${(number - 1) * LINE_HEIGHT - view.top}px)` }}
    >
      {before}
      <span className={severity}>{word}</span>
    </div>
  );
}

/** Puts the caret at a problem, and shows it. */
export function showPlace(input: HTMLTextAreaElement | null, { line, column }: Pick<Problem, 'line' | 'column'>): void {
  if (!input) return;
  const lines = input.value.split('\n');
  const at = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  input.focus();
  input.setSelectionRange(at, at);
  input.scrollTop = Math.max(0, (line - 1) * LINE_HEIGHT - input.clientHeight / 2);
}
