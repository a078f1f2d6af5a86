import type { WrittenFile } from '#src/domain/export/datapackage.ts';
import { sha256Of } from '../sha256.ts';
import type { PackageTarget } from './package-target.ts';
import { crc32, type ZipEntry, zip } from './zip.ts';

/** A package that becomes one file, for a browser to save. */
export interface ZipTarget extends PackageTarget {
  /** All that was closed. Throws `RangeError` where it is too large. */
  finish(): { readonly zip: Blob; readonly files: readonly WrittenFile[] };
}

/** In pieces that the browser may keep where it likes: it is asked for no file before the end. */
export function zipTarget(): ZipTarget {
  const entries: ZipEntry[] = [];
  const files: WrittenFile[] = [];
  return {
    async open(path) {
      const pieces: Blob[] = [];
      let crc = 0;
      return {
        async write(bytes) {
          if (bytes.length === 0) return;
          crc = crc32(bytes, crc);
          pieces.push(new Blob([bytes.slice()]));
        },
        async close() {
          const content = new Blob(pieces);
          const sha256 = await sha256Of(await content.arrayBuffer());
          const written = { path, bytes: content.size, sha256 };
          entries.push({ name: path, content, crc32: crc });
          files.push(written);
          return written;
        },
      };
    },
    finish: () => ({ zip: zip(entries), files }),
  };
}
