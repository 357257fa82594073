// Reads Terraform files as JSON.
// node hcl.mjs FOLDER: prints {"files":{NAME:JSON,...}} of every *.tf and *.tfvars below the folder.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';

const [folder] = process.argv.slice(2);
const files = {};
for (const name of (await readdir(folder, { recursive: true })).sort()) {
  if (/\.(tf|tfvars)$/.test(name) && !name.includes('.terraform')) files[name] = await parse(name, await readFile(join(folder, name), 'utf8'));
}
console.log(JSON.stringify({ files }));
