using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lucitra.Graph.Database.Migrations.Postgres
{
    /// <summary>The latest contacts of a lifecycle stage, without a look at those of others. Made while contacts are written.</summary>
    [DbContext(typeof(PostgresDbContext))]
    [Migration("20261126100000_LatestOfStage")]
    internal sealed class LatestOfStage : Migration
    {
        private const string Name = "\"IX_contacts_lifecycle_stage_created_at_id\"";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What an attempt that was cut short leaves behind is no index.
            migrationBuilder.Sql($"DROP INDEX CONCURRENTLY IF EXISTS {Name};", suppressTransaction: true);
            migrationBuilder.Sql($"CREATE INDEX CONCURRENTLY {Name} ON contacts (lifecycle_stage, created_at, id);", suppressTransaction: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql($"DROP INDEX CONCURRENTLY {Name};", suppressTransaction: true);
    }
}
