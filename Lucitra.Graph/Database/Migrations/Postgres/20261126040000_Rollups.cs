using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Lucitra.Graph.Database.Migrations.Postgres
{
    /// <summary>Figures of contacts, deals and webhook events, kept up with every change.</summary>
    [DbContext(typeof(PostgresDbContext))]
    [Migration("20261126040000_Rollups")]
    internal sealed class Rollups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "rollups",
                columns: table => new
                {
                    figure = table.Column<int>(type: "integer", nullable: false),
                    grain = table.Column<int>(type: "integer", nullable: false),
                    owner_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<int>(type: "integer", nullable: false),
                    pipeline_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    detail = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rollups", x => new { x.figure, x.grain, x.owner_id, x.at, x.pipeline_id, x.key, x.detail });
                });

            migrationBuilder.CreateTable(
                name: "rollup_deltas",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    figure = table.Column<int>(type: "integer", nullable: false),
                    grain = table.Column<int>(type: "integer", nullable: false),
                    owner_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<int>(type: "integer", nullable: false),
                    pipeline_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    detail = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rollup_deltas", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_rollups_count",
                table: "rollups",
                column: "count",
                filter: "count = 0");

            migrationBuilder.CreateIndex(
                name: "IX_rollup_deltas_figure_grain_owner_id_at",
                table: "rollup_deltas",
                columns: new[] { "figure", "grain", "owner_id", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "rollups");

            migrationBuilder.DropTable(
                name: "rollup_deltas");
        }
    }
}
