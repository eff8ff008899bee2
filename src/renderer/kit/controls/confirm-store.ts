import { create } from 'zustand';

/** A question before something that can't be undone. */
export interface Question {
  /** "Delete the capture?" */
  readonly title: string;
  /** What will be gone, in a sentence. */
  readonly text: string;
  /** The label of the button that confirms. */
  readonly action: string;
}

interface Asked {
  readonly question: Question | null;
  readonly answer: (yes: boolean) => void;
}

export const useQuestion = create<Asked>(() => ({ question: null, answer: () => {} }));

/** Asks the user. A question that is still open when another comes is answered no. */
export function confirm(question: Question): Promise<boolean> {
  useQuestion.getState().answer(false);
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      useQuestion.setState({ question: null, answer: () => {} });
      resolve(yes);
    };
    useQuestion.setState({ question, answer });
  });
}
