// Lints an OpenAPI description with Redocly's recommended rules and prints what it finds.
import { spawnSync } from 'node:child_process';

const [, , file] = process.argv;
const run = spawnSync(
  process.execPath,
  ['node_modules/@redocly/cli/bin/cli.js', 'lint', '--extends', 'recommended', '--format', 'json', '--max-problems', '1000', file],
  { encoding: 'utf8', env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
);
const json = run.stdout.slice(run.stdout.indexOf('{'));
if (!json) throw new Error(run.stderr || run.stdout);
console.log(JSON.stringify(JSON.parse(json)));
