import { Fold } from '../../kit/controls/Fold.tsx';

/** The heading of the programs that scenarios and the matrix have started. */
export const TestPeersFold = (props: {
  readonly count: number;
  readonly open: boolean;
  readonly toggle: () => void;
}) => <Fold name="Test peers" title="Programs that scenarios and the matrix have started" {...props} />;
