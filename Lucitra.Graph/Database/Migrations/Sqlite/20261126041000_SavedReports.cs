using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lucitra.Graph.Database.Migrations.Sqlite
{
    /// <summary>Reports that are kept under names.</summary>
    [DbContext(typeof(SqliteDbContext))]
    [Migration("20261126041000_SavedReports")]
    internal sealed class SavedReports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "saved_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    report = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    last_days = table.Column<int>(type: "INTEGER", nullable: true),
                    @from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    @to = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    bucket = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    pipeline_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    owner_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    as_of = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saved_reports", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_saved_reports_name_id",
                table: "saved_reports",
                columns: new[] { "name", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "saved_reports");
        }
    }
}
