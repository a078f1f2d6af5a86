import type { FileSink } from './download.ts';
import type { BulkQuery } from './kick-off.ts';

/** What continues an interrupted export. Neither token nor file address: those may be signed. */
export interface BulkState {
  readonly server: string;
  readonly query: BulkQuery;
  readonly status: string;
  /** The server's time, once its manifest is there. */
  readonly transactionTime?: string;
  readonly done: readonly DoneFile[];
  /** Of a finished folder: whether it holds all that the server would have given. */
  readonly whole?: boolean;
}

export interface DoneFile {
  /** SHA-256 of its address, in hexadecimal. */
  readonly address: string;
  /** In the folder; absent for deletions and errors, which are held here. */
  readonly name: string;
  readonly lines: number;
}

/** Where an export goes: kept apart until it is whole. */
export interface BulkFolder {
  save(state: BulkState): Promise<void>;
  open(name: string): Promise<FileSink>;
  /** The lines of a file that was finished. */
  lines(name: string): AsyncIterable<string>;
  remove(name: string): Promise<void>;
  /** What these deletions took away, as the reader of the folder wants it. Returns how many were there. */
  markDeleted(references: ReadonlySet<string>): Promise<number>;
  /** The export is whole: from now on it can be read. */
  finish(state: BulkState): Promise<void>;
  /** As if nothing had been. */
  discard(): Promise<void>;
}
