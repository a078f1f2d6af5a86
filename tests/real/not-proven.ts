/** After `npm test`: it must not look as if that had met any server but our own. */
// biome-ignore lint/style/noDefaultExport: Playwright takes a teardown as the default export.
export default function sayWhatIsNotProven(): void {
  process.stderr.write(
    'NOT PROVEN by this run: anything on a server that we did not write (SMART launcher, Medplum with PostgreSQL). Run `npm run test:real` for how; last results: docs/compatibility.md\n',
  );
}
