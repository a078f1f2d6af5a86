import type { Observation } from 'fhir/r4';
import { copiesOf, unlessThere } from '#src/io/copies-of.ts';
import { FhirError, type FhirGateway } from '#src/io/gateway.ts';
import { outcomeText } from '#src/io/http-errors.ts';
import { retractAnswer } from '#src/io/retract-answer.ts';
import type { CheckContext } from './context.ts';
import { type TestSubject, testAnswer } from './test-answer.ts';

/** The server shows what it stored a little later: so often, and so long, it is asked again. */
const LOOKS = 3;
const BETWEEN_MS = 1000;

/** Every test Observation of one run: whatever happens, this knows what must be taken away again. */
export class TestCopies {
  readonly #context: CheckContext;
  readonly #gateway: FhirGateway;
  readonly #subject: TestSubject;
  readonly #sent = new Map<string, Observation>();
  readonly #made = new Map<string, Set<string>>();

  constructor(context: CheckContext, gateway: FhirGateway, subject: TestSubject) {
    this.#context = context;
    this.#gateway = gateway;
    this.#subject = subject;
  }

  /** What is sent under this identifier; the same each time, its time included. */
  sent(id: string): Observation {
    const known = this.#sent.get(id);
    if (known) return known;
    const made = testAnswer(this.#context, this.#subject, id);
    this.#sent.set(id, made);
    return made;
  }

  /** Throws `FhirError`. What may have been stored all the same is found again by its identifier. */
  async create(id: string, conditional: boolean) {
    const made = this.#made.get(id) ?? new Set<string>();
    this.#made.set(id, made);
    const options = conditional ? { ifNoneExist: unlessThere(id) } : {};
    const result = await this.#gateway.create(this.sent(id), options);
    if (result.reference) made.add(result.reference);
    return result;
  }

  /** References that the server has under this identifier, by search. Throws `FhirError`. */
  async search(id: string): Promise<readonly string[]> {
    for (let look = 1; ; look += 1) {
      const found = (await copiesOf(this.#gateway, id)).map((one) => `Observation/${one.id}`);
      for (const reference of found) this.#made.get(id)?.add(reference);
      if (found.length > 0 || look === LOOKS) return found;
      await new Promise<void>((resolve) => this.#context.clock.after(BETWEEN_MS, resolve));
    }
  }

  /** All that are known under this identifier: told by the server, or found. */
  known(id: string): readonly string[] {
    return [...(this.#made.get(id) ?? [])];
  }

  /** Marks every copy `entered-in-error`. What could not be stays on the server, by reference. */
  async retractAll(): Promise<{ readonly retracted: number; readonly stays: readonly string[] }> {
    for (const [id, made] of this.#made) {
      // An answer that was lost on the way may be there. Nobody has told: look, and go on.
      if (made.size === 0) await this.search(id).catch(() => []);
    }
    const all = [...new Set([...this.#made.values()].flatMap((made) => [...made]))];
    const done = await Promise.all(all.map((reference) => this.#retract(reference)));
    return {
      retracted: done.filter(Boolean).length,
      stays: all.filter((_, i) => !done[i]),
    };
  }

  /** By the app's own way, then read again: only what says so is retracted. */
  async #retract(reference: string): Promise<boolean> {
    const id = reference.slice('Observation/'.length);
    try {
      if (!(await retractAnswer(this.#gateway, id))) return false;
      const now = await this.#gateway.read('Observation', id);
      return now.resourceType === 'Observation' && now.status === 'entered-in-error';
    } catch (cause) {
      if (cause instanceof FhirError) return false;
      throw cause;
    }
  }
}

/** A failure as a check prints it: ours in `seen`, the server's own words apart. */
export function failureInWords(cause: unknown): { seen: string; said: string | undefined } {
  if (!(cause instanceof FhirError)) throw cause;
  const seen = cause.status === undefined ? cause.message : `HTTP ${cause.status}`;
  return { seen, said: outcomeText(cause.outcome) };
}
