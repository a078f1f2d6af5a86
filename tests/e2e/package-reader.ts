import { execFileSync } from 'node:child_process';

/** By a reader that is not ours and that checks every CRC. @param code prints JSON. */
function byPython<T>(path: string, code: string): T {
  const text = execFileSync('python3', ['-c', `import sys,zipfile,json,csv,io\n${code}`, path], {
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  return JSON.parse(text) as T;
}

const OPENED = 'z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None\n';

/** Files of a ZIP as text. */
export const unzipped = (path: string): Readonly<Record<string, string>> =>
  byPython(
    path,
    `${OPENED}print(json.dumps({n:z.read(n).decode("utf8","replace") for n in z.namelist()}))`,
  );

/** Rows of one CSV file of a ZIP, by column. */
export const csvRows = (path: string, file: string): readonly Readonly<Record<string, string>>[] =>
  byPython(
    path,
    `${OPENED}print(json.dumps(list(csv.DictReader(io.StringIO(z.read("${file}").decode("utf8"),newline="")))))`,
  );
