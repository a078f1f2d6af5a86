/** What is needed to get back in after the token ended; no token, no patient data. */
export interface LaunchMemory {
  readonly iss: string;
  readonly launch: string | undefined;
  /** The launch that this one resumes, whose drafts it may take over. */
  readonly resume: string | undefined;
}

const key = (launchId: string) => `clinician-feedback.launch.${launchId}`;

export function rememberLaunch(launchId: string, memory: LaunchMemory): void {
  sessionStorage.setItem(key(launchId), JSON.stringify(memory));
}

export function recallLaunch(launchId: string): LaunchMemory | undefined {
  const text = sessionStorage.getItem(key(launchId));
  return text === null ? undefined : (JSON.parse(text) as LaunchMemory);
}
