import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import './fold.css';

interface Props {
  readonly name: string;
  readonly count: number;
  /** What is in it. */
  readonly title: string;
  readonly open: boolean;
  readonly toggle: () => void;
}

/** The heading of what can be folded below it. */
export function Fold({ name, count, title, open, toggle }: Props) {
  return (
    <button type="button" className="bare-button fold" aria-expanded={open} title={title} onClick={toggle}>
      {open ? <ChevronDownRegular /> : <ChevronRightRegular />}
      {name} <span className="number">{count}</span>
    </button>
  );
}
