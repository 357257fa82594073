using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lucitra.Graph.Database.Migrations.Postgres;

/// <summary>
/// What the numbers of this server's transactions are raised by, so that a change made after a restore comes after every
/// change made before it, although another server counts anew. Replaced by <c>migrate</c> after a restore.
/// </summary>
[DbContext(typeof(PostgresDbContext))]
[Migration("20261126050000_TransactionOffset")]
internal sealed class TransactionOffset : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE FUNCTION lucitra_transaction_offset() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT 0::bigint $$;
        ALTER TABLE record_changes ALTER COLUMN transaction_id SET DEFAULT (pg_current_xact_id()::text::bigint + lucitra_transaction_offset());
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE record_changes ALTER COLUMN transaction_id SET DEFAULT (pg_current_xact_id()::text::bigint);
        DROP FUNCTION lucitra_transaction_offset();
        """);
}
