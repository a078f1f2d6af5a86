import { launchStore } from './launch-store.ts';

/** What is needed to get back in after the token ended; no token, no patient data. */
export interface LaunchMemory {
  readonly iss: string;
  readonly launch: string | undefined;
  /** The launch that this one resumes, whose drafts it may take over. */
  readonly resume: string | undefined;
  /** Of a sign-in at the hospital's own store: the launch in the EHR that it belongs to. */
  readonly ehrLaunch?: string;
  /** Of a launch in the EHR: its sign-in at the store, once that is done. */
  readonly storeSignIn?: string;
}

const key = (launchId: string) => `clinician-feedback.launch.${launchId}`;

/** Throws `LaunchError` where the browser keeps nothing for this frame. */
export function rememberLaunch(launchId: string, memory: LaunchMemory): void {
  launchStore().handOver(key(launchId), memory);
}

export function recallLaunch(launchId: string): LaunchMemory | undefined {
  return launchStore().read(key(launchId)) as LaunchMemory | undefined;
}
