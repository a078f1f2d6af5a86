import type { Exposure } from '#src/domain/feedback.ts';
import { AFTER_CARD_MS } from '#src/io/clock.ts';
import type { ExposureOptions, ExposureRecorder } from '#src/io/exposures/exposure-recorder.ts';

const AGAIN_AFTER_MS = 60_000;

/**
 * Fetched with the first exposure, hence after the first card. Undefined: no store of this launch
 * takes exposures.
 */
export function composeExposures(
  options: ExposureOptions | undefined,
): (exposure: Omit<Exposure, 'id'>) => void {
  if (!options) return () => undefined;
  const { clock } = options;
  const early: Omit<Exposure, 'id'>[] = [];
  let recorder: ExposureRecorder | undefined;
  const open = async () => {
    const { ExposureRecorder } = await import('#src/io/exposures/exposure-recorder.ts');
    const isFirst = recorder === undefined;
    recorder ??= new ExposureRecorder(options);
    for (const exposure of early.splice(0)) recorder.record(exposure);
    if (isFirst) await recorder.start();
  };
  const tryToOpen = () => {
    // Not fetched: without a network nothing could be sent either.
    open().catch(() => void clock.after(AGAIN_AFTER_MS, tryToOpen));
  };
  // What earlier pages left can wait until the first card is there.
  clock.after(AFTER_CARD_MS, tryToOpen);
  return (exposure) => {
    early.push(exposure);
    tryToOpen();
  };
}
