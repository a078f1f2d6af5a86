import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type LaunchOptions } from '@playwright/test';

/** A browser with a profile on disk, which can be killed without a word and started again. */
export class MortalBrowser {
  readonly #profile = mkdtempSync(join(tmpdir(), 'profile-'));
  readonly #options: LaunchOptions;
  #context: BrowserContext | undefined;

  constructor(options: LaunchOptions) {
    this.#options = options;
  }

  async start(): Promise<BrowserContext> {
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      ...this.#options,
      handleSIGHUP: false,
      viewport: { width: 1280, height: 800 },
    });
    return this.#context;
  }

  /** `kill -9` of every process of this profile; nothing gets to finish anything. */
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.#context?.once('close', resolve));
    for (const pid of this.#processes()) stop(pid);
    await gone;
    while (this.#processes().length > 0) await new Promise((wait) => setTimeout(wait, 50));
    // What a crashed browser leaves behind, as its own wrapper would clear away.
    rmSync(join(this.#profile, 'SingletonLock'), { force: true });
  }

  async close(): Promise<void> {
    await this.#context?.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #processes(): number[] {
    return execFileSync('ps', ['-axww', '-o', 'pid=,args='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(`--user-data-dir=${this.#profile}`))
      .map((line) => Number.parseInt(line, 10));
  }
}

function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (cause) {
    // Gone between listing and killing: that is what was wanted.
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}
