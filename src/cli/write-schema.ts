import { writeFileSync } from 'node:fs';
import { siteConfigJsonSchema } from '#src/io/config/schema.ts';

// `npm run schema`: the JSON Schema that the launch checks, and that an editor may use.
const json = `${JSON.stringify(siteConfigJsonSchema(), null, 2)}\n`;
for (const path of ['src/io/config/config.schema.json', 'public/config.schema.json'])
  writeFileSync(new URL(`../../${path}`, import.meta.url), json);
