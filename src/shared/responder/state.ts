/** The state of an end's rules. */
export interface ResponderState {
  readonly name: string | null;
  readonly rules: readonly RuleState[];
  /** Messages that a rule matched while too many replies waited to be sent: they got none. */
  readonly dropped: number;
}

export interface RuleState {
  /** Its own, or `rule 2`. */
  readonly name: string;
  /** Turned off by its author, not because it was used up or failed. */
  readonly enabled: boolean;
  /** Replies that were sent, and that are on their way. */
  readonly replies: number;
  readonly waiting: number;
  /** When the last one was sent, in µs since the session began; null before that. */
  readonly lastAt: number | null;
  /** Why it no longer responds, as a sentence; null while it does. */
  readonly failure: string | null;
}
