// Compares the schema with the one last released.
// node contract.mjs RELEASED CURRENT CHANGELOG: prints {breaking, unannounced, other}. Each breaking change is {coordinate, message};
// unannounced are those whose coordinate the changelog does not name, in backticks, below "### Breaking" of "## Unreleased".
import { readFile } from 'node:fs/promises';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const [released, current, changelog] = await Promise.all(process.argv.slice(2).map(file => readFile(file, 'utf8')));

// Text below a heading, up to the next heading of its level or above.
function below(text, level, title) {
  const lines = text.split('\n');
  const start = lines.findIndex(line => line.trim() === `${'#'.repeat(level)} ${title}`);
  if (start < 0) return '';
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(line => /^#+ /.test(line) && line.match(/^#+/)[0].length <= level);
  return rest.slice(0, end < 0 ? rest.length : end).join('\n');
}

// The coordinate as the specification writes it: Type.field(argument:).
const coordinate = (path = '') => path.replace(/^([^.]+\.[^.]+)\.(.+)$/, '$1($2:)').replace(/^(@[^.]+)\.(.+)$/, '$1($2:)');

const announced = new Set([...below(below(changelog, 2, 'Unreleased'), 3, 'Breaking').matchAll(/`([^`]+)`/g)].map(match => match[1]));
const changes = (await diff(buildSchema(released), buildSchema(current)))
  .map(({ path, message, criticality }) => ({ coordinate: coordinate(path), message, level: criticality.level }));
const isBreaking = change => change.level === CriticalityLevel.Breaking;
const told = ({ coordinate: where, message }) => ({ coordinate: where, message });
console.log(JSON.stringify({
  breaking: changes.filter(isBreaking).map(told),
  unannounced: changes.filter(change => isBreaking(change) && !announced.has(change.coordinate)).map(told),
  other: changes.filter(change => !isBreaking(change)).map(told),
}));
