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
    open += open === '' ? text.replace(/^\uFEFF/, '') : `\n${text}`;
    // An odd number of quotes: the line end belongs to a cell.
    if ((open.match(/"/g)?.length ?? 0) % 2 === 1) continue;
    const cells = split(open);
    const blank = open === '';
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

function split(record: string): readonly string[] {
  const cells: string[] = [];
  // With a comma after the last one too, every cell ends alike, an empty first one included.
  for (const [, quoted, plain = ''] of `${record},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g))
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
  return cells;
}
