using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lucitra.Graph.Database.Migrations.Postgres
{
    /// <summary>Reports that are kept under names.</summary>
    [DbContext(typeof(PostgresDbContext))]
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    report = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    last_days = table.Column<int>(type: "integer", nullable: true),
                    @from = table.Column<DateOnly>(type: "date", nullable: true),
                    @to = table.Column<DateOnly>(type: "date", nullable: true),
                    time_zone = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    bucket = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    pipeline_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    owner_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    as_of = table.Column<DateOnly>(type: "date", nullable: true),
                    created_by = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
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
