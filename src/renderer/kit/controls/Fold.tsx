import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import './fold.css';

interface Props {
  readonly name: string;
  readonly count: number;
  /** Its content. */
  readonly title: string;
  readonly open: boolean;
  readonly toggle: () => void;
}

/** The heading of a section that can be folded. */
export function Fold({ name, count, title, open, toggle }: Props) {
  return (
    <button type="button" className="bare-button fold" aria-expanded={open} title={title} onClick={toggle}>
      {open ? <ChevronDownRegular /> : <ChevronRightRegular />}
      {name} <span className="number">{count}</span>
    </button>
  );
}
