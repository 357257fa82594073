using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lucitra.Graph.Database.Migrations.Postgres;

/// <summary>Words of contacts and deals, for whole words and prefixes and, by trigrams, for misspelt ones. EF's model does not know these columns.</summary>
[DbContext(typeof(PostgresDbContext))]
[Migration("20261123120000_FullTextSearch")]
internal sealed class FullTextSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE EXTENSION IF NOT EXISTS pg_trgm;

        CREATE FUNCTION lucitra_words(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT regexp_replace(value, '[!-/:-@[-`{-~]+', ' ', 'g')
        $$;

        ALTER TABLE contacts
            ADD COLUMN search_words text GENERATED ALWAYS AS (lucitra_words(
                coalesce(email, '') || ' ' || coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(phone, '') || ' '
                || coalesce(company, '') || ' ' || coalesce(job_title, '') || ' ' || coalesce(owner_id, ''))) STORED,
            ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', lucitra_words(
                coalesce(email, '') || ' ' || coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(phone, '') || ' '
                || coalesce(company, '') || ' ' || coalesce(job_title, '') || ' ' || coalesce(owner_id, '')))) STORED;
        CREATE INDEX ix_contacts_search ON contacts USING gin (search);
        CREATE INDEX ix_contacts_search_words ON contacts USING gin (search_words gin_trgm_ops);

        ALTER TABLE deals
            ADD COLUMN search_words text GENERATED ALWAYS AS (lucitra_words(coalesce(name, '') || ' ' || coalesce(owner_id, ''))) STORED,
            ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', lucitra_words(coalesce(name, '') || ' ' || coalesce(owner_id, '')))) STORED;
        CREATE INDEX ix_deals_search ON deals USING gin (search);
        CREATE INDEX ix_deals_search_words ON deals USING gin (search_words gin_trgm_ops);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE contacts DROP COLUMN search, DROP COLUMN search_words;
        ALTER TABLE deals DROP COLUMN search, DROP COLUMN search_words;
        DROP FUNCTION lucitra_words(text);
        """);
}
