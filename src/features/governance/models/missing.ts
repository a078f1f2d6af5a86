import {
  attributeWords,
  essentialMissing,
  SOURCE_ATTRIBUTES,
} from '#src/domain/governance/source-attributes.ts';
import type { RegisteredVersion } from '#src/state/governance/registry.ts';

/** What nobody can know of a version from the registry, the gravest first. */
export function missingOf({
  model,
  records,
  attributes,
  riskTier,
}: RegisteredVersion): readonly string[] {
  const essential = essentialMissing(attributes);
  return [
    ...(records.length === 0 ? ['any record of an approval'] : []),
    ...(model.version === undefined ? ['its version'] : []),
    ...(model.identifier === undefined ? ['an identifier'] : []),
    ...(model.owner === undefined ? ['an owner'] : []),
    ...(model.card === undefined ? ['a model card'] : []),
    ...(model.card === undefined || essential.length === 0
      ? []
      : [`in its card ${essential.map((one) => inText(attributeWords(one))).join(', ')}`]),
    ...(riskTier === undefined ? ['its risk tier'] : []),
  ];
}

/** "14 of 31" */
export const attributeCount = ({ attributes }: RegisteredVersion): string =>
  `${attributes.size} of ${SOURCE_ATTRIBUTES.length}`;

const inText = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
