using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lucitra.Graph.Database.Migrations.Sqlite
{
    /// <summary>The latest contacts of a lifecycle stage, without a look at those of others.</summary>
    [DbContext(typeof(SqliteDbContext))]
    [Migration("20261126100000_LatestOfStage")]
    internal sealed class LatestOfStage : Migration
    {
        private static readonly string[] _columns = ["lifecycle_stage", "created_at", "id"];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.CreateIndex(
                name: "IX_contacts_lifecycle_stage_created_at_id",
                table: "contacts",
                columns: _columns);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.DropIndex(
                name: "IX_contacts_lifecycle_stage_created_at_id",
                table: "contacts");
    }
}
