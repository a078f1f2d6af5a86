/** What one part of the bench found: for programs, and for people. */
export interface Section<R = unknown> {
  readonly result: R;
  readonly text: string;
}
