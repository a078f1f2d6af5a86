import type { ChainRecord, Finding } from './chain.ts';
import { type Head, isWhole, type Statement } from './statement.ts';

/** Up to which number a writer's records may be gone, because their time is over. */
export type Expired = (writer: string) => number;

/**
 * What in the chains does not agree with itself or with what was signed. Copies of one record, which a
 * repeated request makes, count once.
 */
export function verifyChains(
  records: readonly ChainRecord[],
  statements: readonly Statement[],
  expired: Expired = () => 0,
): readonly Finding[] {
  const chains = Map.groupBy(records, ({ writer }) => writer);
  const anchored = Map.groupBy(
    statements.flatMap(({ heads }) => heads),
    ({ writer }) => writer,
  );
  const writers = [...new Set([...chains.keys(), ...anchored.keys()])].toSorted();
  return writers.flatMap((writer) =>
    verifyChain(writer, chains.get(writer) ?? [], anchored.get(writer) ?? [], expired(writer)),
  );
}

function verifyChain(
  writer: string,
  records: readonly ChainRecord[],
  anchored: readonly Head[],
  expired: number,
): readonly Finding[] {
  const findings: Finding[] = [];
  const find = (what: Finding['what'], at: Omit<Finding, 'what' | 'writer'>) =>
    findings.push({ what, writer, ...at });
  const promised = Math.max(0, ...anchored.map(({ number }) => number));
  if (records.length === 0) {
    if (promised > expired) find('chain-removed', { from: expired + 1, to: promised });
    return findings;
  }
  for (const one of records)
    if (!isWhole(one)) find('changed', { from: one.number, to: one.number, place: one.place });

  const byNumber = Map.groupBy(records, ({ number }) => number);
  const numbers = [...byNumber.keys()].toSorted((a, b) => a - b);
  // What is gone up to the first that is left may be gone by its age; in the middle nothing is.
  let last = Math.min(expired, (numbers[0] ?? 1) - 1);
  for (const number of numbers) {
    if (number > last + 1) find('gap', { from: last + 1, to: number - 1 });
    last = number;
    const [first, ...others] = byNumber.get(number) ?? [];
    const rival = others.find(({ computed }) => computed !== first?.computed);
    if (rival) find('two-of-one-number', { from: number, to: number, place: rival.place });
    const before = byNumber.get(number - 1);
    const links = (byNumber.get(number) ?? []).filter(
      ({ previous }) => before && !before.some(({ computed }) => computed === previous),
    );
    const [broken] = links;
    if (broken) find('broken-link', { from: number, to: number, place: broken.place });
  }
  if (promised > last) find('removed', { from: last + 1, to: promised });
  for (const head of anchored) {
    const there = byNumber.get(head.number);
    if (there && !there.some(({ computed }) => computed === head.hash))
      find('other-than-anchored', { from: head.number, to: head.number });
  }
  return findings;
}
