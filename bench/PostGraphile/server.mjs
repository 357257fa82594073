// Serves the tables of a Lucitra database as PostGraphile does: node server.mjs PORT PROCESSES, with DATABASE_URL set.
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { PgAggregatesPreset } from '@graphile/pg-aggregates';
import { PgSimplifyInflectionPreset } from '@graphile/simplify-inflection';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { jsonPgSmartTags } from 'postgraphile/utils';
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter';

const [port, processes] = process.argv.slice(2).map(Number);

// The tables have no constraint for it, since HubSpot may name a stage that is not known yet.
const stageOfDeal = jsonPgSmartTags({
  version: 1,
  config: { class: { deals: { tags: { foreignKey: '(pipeline_id, stage_id) references deal_stages (pipeline_id, hubspot_id)|@fieldName stage' } } } },
});

async function serve() {
  const server = createServer();
  const instance = postgraphile({
    extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset, PostGraphileConnectionFilterPreset, PgAggregatesPreset],
    pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ['public'], poolConfig: { max: Number(process.env.SESSIONS) } })],
    grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
    plugins: [stageOfDeal],
    // It would leave out filters and orders that no index serves.
    disablePlugins: ['PgIndexBehaviorsPlugin'],
  });
  await instance.createServ(grafserv).addTo(server);
  server.listen(port, '127.0.0.1');
}

if (processes > 1 && cluster.isPrimary) {
  for (let i = 0; i < processes; i++) cluster.fork();
  cluster.on('exit', () => process.exit(1));
} else {
  await serve();
}
