using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lucitra.Graph.Database.Migrations.Sqlite
{
    /// <summary>Figures of contacts, deals and webhook events, kept up with every change.</summary>
    [DbContext(typeof(SqliteDbContext))]
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
                    figure = table.Column<int>(type: "INTEGER", nullable: false),
                    grain = table.Column<int>(type: "INTEGER", nullable: false),
                    owner_id = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<int>(type: "INTEGER", nullable: false),
                    pipeline_id = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    amount = table.Column<decimal>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rollups", x => new { x.figure, x.grain, x.owner_id, x.at, x.pipeline_id, x.key, x.detail });
                });

            migrationBuilder.CreateTable(
                name: "rollup_deltas",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    figure = table.Column<int>(type: "INTEGER", nullable: false),
                    grain = table.Column<int>(type: "INTEGER", nullable: false),
                    owner_id = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<int>(type: "INTEGER", nullable: false),
                    pipeline_id = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    amount = table.Column<decimal>(type: "TEXT", nullable: false)
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
