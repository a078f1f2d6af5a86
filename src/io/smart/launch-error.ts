/** Why a launch was refused, in words for the person in front of the screen. */
export class LaunchError extends Error {
  readonly cure: string;
  /** True where the same link works in a window of its own: the launch has not been used up. */
  readonly ownWindowHelps: boolean;
  /** True where the launch goes on if the page is loaded again. */
  readonly tryAgainHelps: boolean = false;

  constructor(message: string, cure: string, ownWindowHelps = false) {
    super(message);
    this.name = 'LaunchError';
    this.cure = cure;
    this.ownWindowHelps = ownWindowHelps;
  }
}
