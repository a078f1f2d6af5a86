/** Why a launch was refused, in words for the person in front of the screen. */
export class LaunchError extends Error {
  readonly cure: string;
  /** True where the same link works in a window of its own: the launch has not been used up. */
  readonly ownWindowHelps: boolean;

  constructor(message: string, cure: string, ownWindowHelps = false) {
    super(message);
    this.name = 'LaunchError';
    this.cure = cure;
    this.ownWindowHelps = ownWindowHelps;
  }
}
