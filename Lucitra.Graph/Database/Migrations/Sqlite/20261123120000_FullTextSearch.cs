using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lucitra.Graph.Database.Migrations.Sqlite;

/// <summary>
/// Words of contacts and deals, kept by triggers. EF's model does not know these tables. The keys stand between because a
/// full-text row is found by number only, and a table with a text key may number its rows anew.
/// </summary>
[DbContext(typeof(SqliteDbContext))]
[Migration("20261123120000_FullTextSearch")]
internal sealed class FullTextSearch : Migration
{
    private static readonly string[] _contact = ["email", "first_name", "last_name", "phone", "company", "job_title", "owner_id"];
    private static readonly string[] _deal = ["name", "owner_id"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(Create("contacts", _contact));
        migrationBuilder.Sql(Create("deals", _deal));
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in new[] { "contacts", "deals" })
        {
            migrationBuilder.Sql(
                $"""
                DROP TRIGGER {table}_search_insert;
                DROP TRIGGER {table}_search_update;
                DROP TRIGGER {table}_search_delete;
                DROP TABLE {table}_search;
                DROP TABLE {table}_search_keys;
                """);
        }
    }

    private static string Create(string table, string[] columns)
    {
        var names = string.Join(", ", columns);
        return $"""
            CREATE TABLE {table}_search_keys (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
            CREATE VIRTUAL TABLE {table}_search USING fts5({names}, tokenize = 'unicode61 remove_diacritics 0');
            INSERT INTO {table}_search_keys (id) SELECT id FROM {table};
            INSERT INTO {table}_search (rowid, {names})
                SELECT key, {names} FROM {table}_search_keys AS keys JOIN {table} AS record ON record.id = keys.id;
            CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN
                INSERT INTO {table}_search_keys (id) VALUES (new.id);
                INSERT INTO {table}_search (rowid, {names})
                    SELECT key, {string.Join(", ", columns.Select(column => $"new.{column}"))} FROM {table}_search_keys WHERE id = new.id;
            END;
            CREATE TRIGGER {table}_search_update AFTER UPDATE OF {names} ON {table} BEGIN
                UPDATE {table}_search SET {string.Join(", ", columns.Select(column => $"{column} = new.{column}"))}
                    WHERE rowid = (SELECT key FROM {table}_search_keys WHERE id = new.id);
            END;
            CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN
                DELETE FROM {table}_search WHERE rowid = (SELECT key FROM {table}_search_keys WHERE id = old.id);
                DELETE FROM {table}_search_keys WHERE id = old.id;
            END;
            """;
    }
}
