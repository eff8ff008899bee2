/** Names that no other test on this machine uses. */
export interface Names {
  readonly section: string;
  readonly eventS2c: string;
  readonly eventC2s: string;
  /** The same, as options of the native peer. */
  readonly peerArgs: readonly string[];
}
