import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

/** Enough for the disk, little for the memory. */
const CHUNK = 1 << 18;

/** A text file that grows line by line; whoever writes waits while the disk is behind. */
export class LineFile {
  private readonly stream: WriteStream;
  private waiting: string[] = [];
  private size = 0;
  private failure: Error | undefined;

  constructor(path: string) {
    this.stream = createWriteStream(path, { encoding: 'utf8', highWaterMark: CHUNK });
    this.stream.on('error', (cause) => {
      this.failure = cause;
    });
  }

  add(line: string): void {
    this.waiting.push(line);
    this.size += line.length + 1;
  }

  /** To the disk what has gathered, once it is worth it. Throws what the disk said. */
  async settle(all = false): Promise<void> {
    if (this.failure) throw this.failure;
    if (this.size === 0 || (!all && this.size < CHUNK)) return;
    const text = `${this.waiting.join('\n')}\n`;
    this.waiting = [];
    this.size = 0;
    if (!this.stream.write(text)) await once(this.stream, 'drain');
  }

  async close(): Promise<void> {
    await this.settle(true);
    await new Promise<void>((resolve, reject) => {
      this.stream.once('error', reject);
      this.stream.end(resolve);
    });
  }
}
