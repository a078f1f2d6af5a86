import type { FhirResource } from 'fhir/r4';
import type { FhirGateway } from '../gateway.ts';

/** A write that the server took. */
export interface Written {
  /** As the server gave it back, else as it was sent. */
  readonly resource: FhirResource;
  /** "Type/id"; absent where the server did not say. */
  readonly reference: string | undefined;
}

/** The same server; each write that it took is told, whoever wrote. Reading is told to nobody. */
export const noting = (gateway: FhirGateway, tell: (written: Written) => void): FhirGateway => ({
  baseUrl: gateway.baseUrl,
  read: (...request) => gateway.read(...request),
  search: (...request) => gateway.search(...request),
  async create(resource, options) {
    const result = await gateway.create(resource, options);
    tell({ resource: result.resource ?? resource, reference: result.reference });
    return result;
  },
  async update(resource, options) {
    const back = await gateway.update(resource, options);
    tell({ resource: back ?? resource, reference: `${resource.resourceType}/${resource.id}` });
    return back;
  },
});
