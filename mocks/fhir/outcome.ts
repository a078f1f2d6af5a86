import { getStatus, OperationOutcomeError } from '@medplum/core';
import type { Coding, OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';

type IssueCode = OperationOutcomeIssue['code'];

/**
 * The library derives the HTTP status from `OperationOutcome.id`. Ours carry the number itself
 * there, and `statusOf` reads it back; the id never leaves the server (`withoutId`).
 */
const STATUS_ID = /^status-(\d{3})(-silent)?$/;

const CODE_FOR: Readonly<Record<number, IssueCode>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  409: 'conflict',
  410: 'deleted',
  412: 'conflict',
  415: 'not-supported',
  422: 'processing',
  429: 'throttled',
  500: 'exception',
  503: 'transient',
};

export interface OutcomeDetails {
  readonly code?: IssueCode;
  readonly expression?: string;
  /** A vendor's own error code. */
  readonly coding?: Coding;
  /** True: answered without a body. */
  readonly silent?: boolean;
}

export function outcome(status: number, text: string, more: OutcomeDetails = {}): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    id: `status-${status}${more.silent ? '-silent' : ''}`,
    issue: [
      {
        severity: status < 400 ? 'information' : 'error',
        code: more.code ?? CODE_FOR[status] ?? 'processing',
        details: { ...(more.coding && { coding: [more.coding] }), text },
        diagnostics: text,
        ...(more.expression === undefined ? {} : { expression: [more.expression] }),
      },
    ],
  };
}

/** Thrown inside the repository; the router turns it into the answer. */
export function refuse(
  status: number,
  text: string,
  more: OutcomeDetails = {},
): OperationOutcomeError {
  return new OperationOutcomeError(outcome(status, text, more));
}

export function statusOf(result: OperationOutcome): number {
  const own = STATUS_ID.exec(result.id ?? '')?.[1];
  return own === undefined ? getStatus(result) : Number(own);
}

export const isSilent = (result: OperationOutcome): boolean =>
  STATUS_ID.exec(result.id ?? '')?.[2] !== undefined;

export function withoutId(result: OperationOutcome): OperationOutcome {
  const { id: _id, ...rest } = result;
  return rest;
}
