import type { DiscardRecord } from '#src/domain/outbox/discard.ts';
import type { ExposureCounts } from '#src/domain/outbox/help-desk.ts';
import type { Schedule } from '#src/domain/outbox/queued-answer.ts';
import type { LastReport } from '#src/domain/outbox/report-due.ts';
import type { Database } from './database.ts';

const LAST_REPORT = 'last-report';
const DATABASE_ID = 'database-id';
const EXPOSURES_REFUSED = 'exposures-refused';

/** What a device knows about itself, for the hospital's view and the help desk; nothing of answers. */
export interface DeviceLedger {
  /** Random, made with the database; another one when that is deleted. */
  deviceId(): Promise<string>;
  /** Of all users of this machine. Undefined: this device keeps nothing. */
  schedules(): Promise<readonly Pick<Schedule, 'phase' | 'createdAt'>[] | undefined>;
  discards(): Promise<readonly DiscardRecord[]>;
  record(discard: DiscardRecord): Promise<void>;
  lastReport(): Promise<LastReport | undefined>;
  reported(report: LastReport, day: string, ids: readonly string[]): Promise<void>;
  /** Of all users of this machine; what adoption is counted against. */
  exposures(): Promise<ExposureCounts>;
  /** One that no server takes was dropped. */
  exposureRefused(): Promise<void>;
}

/** In the outbox's own database. */
export function databaseLedger(database: () => Promise<Database>): DeviceLedger {
  return {
    deviceId: async () => (await (await database()).get('meta', DATABASE_ID)) ?? '',
    schedules: async () =>
      (await (await database()).getAll('items')).map(({ schedule }) => schedule),
    discards: async () => await (await database()).getAll('discards'),
    record: async (discard) => {
      await (await database()).put('discards', discard);
    },
    lastReport: async () => {
      const text = await (await database()).get('meta', LAST_REPORT);
      return text === undefined ? undefined : (JSON.parse(text) as LastReport);
    },
    async reported(report, day, ids) {
      const tx = (await database()).transaction(['meta', 'discards'], 'readwrite');
      const discards = tx.objectStore('discards');
      await tx.objectStore('meta').put(JSON.stringify(report), LAST_REPORT);
      for (const id of ids) {
        const found = await discards.get(id);
        if (found && found.reportedOn === undefined)
          await discards.put({ ...found, reportedOn: day });
      }
      await tx.done;
    },
    exposures: async () => {
      const tx = (await database()).transaction(['meta', 'exposures']);
      const [waiting, refused] = await Promise.all([
        tx.objectStore('exposures').count(),
        tx.objectStore('meta').get(EXPOSURES_REFUSED),
      ]);
      return { waiting, refused: Number(refused ?? 0) };
    },
    async exposureRefused() {
      const tx = (await database()).transaction('meta', 'readwrite');
      await tx.store.put(
        String(Number((await tx.store.get(EXPOSURES_REFUSED)) ?? 0) + 1),
        EXPOSURES_REFUSED,
      );
      await tx.done;
    },
  };
}

/** For a device that keeps nothing: what this tab knows. */
export function memoryLedger(device: string): DeviceLedger {
  const discards = new Map<string, DiscardRecord>();
  let last: LastReport | undefined;
  let refused = 0;
  return {
    deviceId: async () => device,
    schedules: async () => undefined,
    discards: async () => [...discards.values()],
    record: async (discard) => void discards.set(discard.id, discard),
    lastReport: async () => last,
    async reported(report, day, ids) {
      last = report;
      for (const id of ids) {
        const found = discards.get(id);
        if (found) discards.set(id, { ...found, reportedOn: found.reportedOn ?? day });
      }
    },
    exposures: async () => ({ waiting: 0, refused }),
    exposureRefused: async () => {
      refused += 1;
    },
  };
}
