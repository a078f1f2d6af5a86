import { ensureBrowser } from '#tests/support/browser.ts';
import { buildAll } from '#tests/support/build-all.ts';

/** Every journey runs against the files that would be deployed. */
export default function build(): void {
  ensureBrowser();
  buildAll();
}
