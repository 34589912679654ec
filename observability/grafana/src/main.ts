// Writes the dashboards as JSON. With --check, it writes nothing and fails if the JSON is not current or not valid.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { checkConventions } from './conventions.js';
import { dashboards } from './dashboards.js';
import { onlyDuringAFault } from './faults.js';
import { checkSchema } from './validation.js';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'dashboards');

const json = (value: unknown): string => JSON.stringify(value, null, 2) + '\n';

const files = new Map<string, string>([
  ...dashboards.map(({ uid, ...rest }): [string, string] => [
    join(folder, `${uid!.replace('microplatform-', '')}.json`),
    json({ uid, ...rest }),
  ]),
  // Not in the folder of the dashboards, because Grafana would report a file that is none.
  [join(root, 'only-during-a-fault.json'), json(onlyDuringAFault)],
]);

const surplus = readdirSync(folder)
  .map((name) => join(folder, name))
  .filter((path) => !files.has(path));

const problems: string[] = checkConventions(dashboards);
if (process.argv.includes('--check')) {
  for (const [path, text] of files) {
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
      problems.push(`${basename(path)} is not current: run "npm run build"`);
    }
  }
  problems.push(...surplus.map((path) => `${basename(path)} is not generated any more: delete it`));
} else {
  files.forEach((text, path) => writeFileSync(path, text));
}
for (const path of files.keys()) {
  if (path.startsWith(folder) && existsSync(path)) {
    problems.push(...checkSchema(basename(path), JSON.parse(readFileSync(path, 'utf8'))));
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
const panels = dashboards.flatMap((dashboard) => dashboard.panels ?? []).filter((panel) => panel.type !== 'row');
console.log(`${dashboards.length} dashboards with ${panels.length} panels`);
