import type { Exposure } from '#src/domain/feedback.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import { exposureId, toDisplayedObservation } from '#src/fhir/feedback/displayed.fhir.ts';
import { FhirError, type FhirGateway } from './gateway.ts';

/**
 * Writes `recommendation-displayed`, once per recommendation version, clinician and launch, to a
 * hospital store only. A failure concerns no clinician: it is kept and sent with the next exposure.
 */
export class ExposureRecorder {
  readonly #gateway: FhirGateway;
  readonly #issuer: IssuerConfig;
  readonly #launchId: string;
  readonly #waiting = new Map<string, Exposure>();
  readonly #done = new Set<string>();

  constructor(gateway: FhirGateway, issuer: IssuerConfig, launchId: string) {
    this.#gateway = gateway;
    this.#issuer = issuer;
    this.#launchId = launchId;
  }

  record(exposure: Omit<Exposure, 'id'>): void {
    if (!this.#issuer.hospitalStore) return;
    const id = exposureId(exposure.recommendation, exposure.performer.reference, this.#launchId);
    if (this.#done.has(id)) return;
    this.#waiting.set(id, { ...exposure, id });
    for (const one of this.#waiting.values()) void this.#send(one);
  }

  async #send(exposure: Exposure): Promise<void> {
    this.#waiting.delete(exposure.id);
    this.#done.add(exposure.id);
    try {
      await this.#gateway.create(toDisplayedObservation(exposure), {
        ifNoneExist: new URLSearchParams({
          identifier: `${SYSTEM.uri}|${exposure.id}`,
        }).toString(),
      });
    } catch (cause) {
      this.#done.delete(exposure.id);
      // A refusal will be a refusal again; anything else is tried with the next exposure.
      const final = cause instanceof FhirError && ['forbidden', 'invalid'].includes(cause.kind);
      if (!final) this.#waiting.set(exposure.id, exposure);
    }
  }
}
