import type { WrittenFile } from '#src/domain/export/datapackage.ts';

/** Where a package goes: a folder that is not yet in place, or what a browser will save. */
export interface PackageTarget {
  /** @param path within the package, with `/`. */
  open(path: string): Promise<OutFile>;
}

export interface OutFile {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<WrittenFile>;
}

/** A small file at once. */
export async function writeText(
  target: PackageTarget,
  path: string,
  text: string,
): Promise<WrittenFile> {
  const file = await target.open(path);
  await file.write(new TextEncoder().encode(text));
  return file.close();
}
