using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lucitra.Graph.Database.Migrations.Sqlite
{
    /// <summary>What was written here and is to go to HubSpot.</summary>
    [DbContext(typeof(SqliteDbContext))]
    [Migration("20261126010000_Outbox")]
    internal sealed class Outbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_unsent",
                table: "hubspot_links",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    record_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    object_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    portal_id = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    changed_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    due_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    error_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    error_message = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    conflicting_hubspot_id = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    refused_properties = table.Column<string>(type: "TEXT", nullable: false),
                    overtaken_properties = table.Column<string>(type: "TEXT", nullable: false),
                    written_properties = table.Column<string>(type: "TEXT", nullable: false),
                    leased_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    creating_since = table.Column<DateTime>(type: "TEXT", nullable: true),
                    created_with = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.record_id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_outbox_creating_since",
                table: "outbox",
                column: "creating_since");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_due_at",
                table: "outbox",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_state_changed_at",
                table: "outbox",
                columns: new[] { "state", "changed_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropColumn(
                name: "is_unsent",
                table: "hubspot_links");
        }
    }
}
