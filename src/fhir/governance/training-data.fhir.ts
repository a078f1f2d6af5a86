import type { Task } from 'fhir/r4';
import { type DataRequest, isManifestHash } from '#src/domain/governance/feedback/training-data.ts';
import { defined, get, line } from '../read.ts';
import { DATA_DISPLAY } from './loop-terms.ts';
import { itemType, modifiedAt, readTask, taskCode, taskIdentifier, valuesOf } from './task.fhir.ts';

const STATUS = {
  requested: 'requested',
  approved: 'accepted',
  declined: 'rejected',
  exported: 'completed',
} as const satisfies Record<DataRequest['status'], Task['status']>;

export type DataRequestDraft = Pick<
  DataRequest,
  'id' | 'device' | 'quarter' | 'purpose' | 'by' | 'at'
>;

export const toDataRequest = (draft: DataRequestDraft): Task => ({
  resourceType: 'Task',
  identifier: taskIdentifier(draft.id),
  status: STATUS.requested,
  intent: 'order',
  code: taskCode('data-request'),
  focus: { reference: draft.device },
  authoredOn: draft.at,
  lastModified: draft.at,
  requester: { reference: draft.by },
  reasonCode: { text: draft.purpose },
  input: [
    { type: itemType('data-quarter', DATA_DISPLAY['data-quarter']), valueString: draft.quarter },
  ],
});

export interface DataDecision {
  readonly approved: boolean;
  readonly words: string;
  readonly by: string;
  /** ISO 8601 with offset. */
  readonly at: string;
}

export const decidedRequest = <T extends Task>(
  task: T,
  { approved, words, by, at }: DataDecision,
): T => ({
  ...task,
  status: approved ? STATUS.approved : STATUS.declined,
  owner: { reference: by },
  lastModified: modifiedAt(task, at),
  note: [...(task.note ?? []), { authorReference: { reference: by }, time: at, text: words }],
});

/** With the export that answered it, by the hash that its audit record has. */
export const exportedRequest = <T extends Task>(task: T, manifest: string, at: string): T => ({
  ...task,
  status: STATUS.exported,
  lastModified: modifiedAt(task, at),
  output: [
    {
      type: itemType('export-manifest', DATA_DISPLAY['export-manifest']),
      valueString: manifest,
    },
  ],
});

export function readDataRequest(resource: unknown, server: string): DataRequest | undefined {
  const task = readTask(resource, 'data-request', server);
  const said = (list: 'input' | 'output', code: string): string | undefined =>
    valuesOf(resource, list, code).flatMap((one) => line(get(one, 'valueString')) ?? [])[0];
  const quarter = said('input', 'data-quarter');
  const status = STATUSES.find((one) => STATUS[one] === task?.status);
  if (task?.focus === undefined || quarter === undefined || status === undefined) return undefined;
  const manifest = said('output', 'export-manifest');
  return defined<DataRequest>({
    task: task.task,
    version: task.version,
    id: task.id,
    device: task.focus,
    quarter,
    purpose: task.reason ?? '',
    status,
    by: task.requester ?? '',
    at: task.authoredOn ?? '',
    decidedBy: task.owner,
    decision: task.notes.at(-1),
    manifest: manifest !== undefined && isManifestHash(manifest) ? manifest : undefined,
  });
}

const STATUSES = ['requested', 'approved', 'declined', 'exported'] as const;
