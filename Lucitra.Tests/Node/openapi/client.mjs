// Generates a client from the server's own description, compiles a program that uses it, and runs the program.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import openapiTS, { astToString } from 'openapi-typescript';

const [, , address, key] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'lucitra-openapi-'));
try {
  const answer = await fetch(new URL('openapi/v1.json', address));
  writeFileSync(join(folder, 'api.d.ts'), astToString(await openapiTS(await answer.json())));
  copyFileSync('openapi/program.mts', join(folder, 'program.mts'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  let compiler = '';
  try {
    execFileSync(
      process.execPath,
      [
        'node_modules/typescript/bin/tsc', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext',
        '--outDir', folder, join(folder, 'program.mts'),
      ],
      { encoding: 'utf8' },
    );
  } catch (failure) {
    compiler = failure.stdout;
  }
  const seen = compiler ? {} : await (await import(join(folder, 'program.mjs'))).run(address, key);
  console.log(JSON.stringify({ compiler, ...seen }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
