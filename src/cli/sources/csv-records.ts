import { unguarded } from '#src/domain/export/csv-text.ts';

/** One record with the line on which it began. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** RFC 4180: quoted cells may hold commas, quotes and line ends. The first record names the columns. */
export async function* csvRecords(lines: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let header: readonly string[] | undefined;
  let open = '';
  let line = 0;
  let began = 1;
  for await (const text of lines) {
    line++;
    if (open === '') began = line;
    if (line === 1) open = text.replace(/^\uFEFF/, '');
    else open += open === '' ? text : `\n${text}`;
    // An odd number of quotes: the line end belongs to a cell.
    if ((open.match(/"/g)?.length ?? 0) % 2 === 1) continue;
    const cells = split(open.endsWith('\r') ? open.slice(0, -1) : open);
    const blank = open === '' || open === '\r';
    open = '';
    if (blank) continue;
    if (!header) {
      header = cells.map((name) => name.trim());
      continue;
    }
    if (cells.length !== header.length)
      throw new Error(`line ${began}: ${cells.length} cells, and the header has ${header.length}.`);
    yield {
      line: began,
      cells: Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])),
    };
  }
  if (open !== '') throw new Error(`line ${began}: a quote is not closed.`);
}

/** By hand and in one pass: a pattern would look for the end of a long record again and again. */
function split(record: string): readonly string[] {
  const cells: string[] = [];
  for (let at = 0; at <= record.length; ) {
    const quoted = record[at] === '"';
    const end = quoted ? closingQuote(record, at + 1) + 1 : commaFrom(record, at);
    const text = record.slice(at, end);
    cells.push(unguarded(quoted ? text.slice(1, -1).replaceAll('""', '"') : text));
    at = commaFrom(record, end) + 1;
  }
  return cells;
}

/** The first quote that is not one of a pair. */
function closingQuote(record: string, from: number): number {
  for (let at = from; ; at += 2) {
    at = record.indexOf('"', at);
    if (at < 0) return record.length - 1;
    if (record[at + 1] !== '"') return at;
  }
}

function commaFrom(record: string, from: number): number {
  const at = record.indexOf(',', from);
  return at < 0 ? record.length : at;
}
