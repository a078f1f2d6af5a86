import { writeFileSync } from 'node:fs';
import { dictionary } from '#src/domain/tables/dictionary.ts';

// The data dictionary from the schema; a test compares the two.
writeFileSync(new URL('../../docs/tables.md', import.meta.url), dictionary());
