import { open, rename } from 'node:fs/promises';

/** There whole or as before, also after a power cut; for its owner alone, since patients are in it. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(`${path}.new`, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
}
