// Builds the schema as graphql-js sees it: from a server's introspection and from a file in the schema definition language.
// node schema.mjs URL HEADERS_JSON FILE: prints {"complaints":[...],"served":SDL,"written":SDL}, both sorted.
import { readFile } from 'node:fs/promises';
import { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema, validateSchema } from 'graphql';

const [url, headers, file] = process.argv.slice(2);
// As code generators ask.
const everything = { descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true };
const response = await fetch(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json', ...JSON.parse(headers) },
  body: JSON.stringify({ query: getIntrospectionQuery(everything) }),
});
const { data, errors = [] } = await response.json();
if (!data) throw new Error(JSON.stringify(errors));
const served = buildClientSchema(data);
const written = buildSchema(await readFile(file, 'utf8'));
const complaints = [...errors, ...validateSchema(served), ...validateSchema(written)].map(error => error.message);
console.log(JSON.stringify({ complaints, served: printSchema(lexicographicSortSchema(served)), written: printSchema(lexicographicSortSchema(written)) }));
