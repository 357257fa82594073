using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lucitra.Graph.Database.Migrations.Sqlite
{
    /// <summary>Merges, links and erasure by HubSpot's ids.</summary>
    [DbContext(typeof(SqliteDbContext))]
    [Migration("20261124000000_Identities")]
    internal sealed class Identities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "related_object_id",
                table: "webhook_events",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "related_object_type",
                table: "webhook_events",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "hubspot_updated_at",
                table: "deals",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into_id",
                table: "deals",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "hubspot_updated_at",
                table: "contacts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into_id",
                table: "contacts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "erased_objects",
                columns: table => new
                {
                    hash = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    erased_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erased_objects", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "erasure_salt",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    value = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erasure_salt", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "hubspot_links",
                columns: table => new
                {
                    portal_id = table.Column<long>(type: "INTEGER", nullable: false),
                    deal_object_id = table.Column<long>(type: "INTEGER", nullable: false),
                    contact_object_id = table.Column<long>(type: "INTEGER", nullable: false),
                    label = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    is_linked = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hubspot_links", x => new { x.portal_id, x.deal_object_id, x.contact_object_id, x.label });
                });

            migrationBuilder.CreateTable(
                name: "record_reads",
                columns: table => new
                {
                    portal_id = table.Column<long>(type: "INTEGER", nullable: false),
                    object_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    object_id = table.Column<long>(type: "INTEGER", nullable: false),
                    parts = table.Column<int>(type: "INTEGER", nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    due_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_record_reads", x => new { x.portal_id, x.object_type, x.object_id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_webhook_events_portal_id_related_object_id",
                table: "webhook_events",
                columns: new[] { "portal_id", "related_object_id" });

            migrationBuilder.CreateIndex(
                name: "IX_hubspot_links_portal_id_contact_object_id",
                table: "hubspot_links",
                columns: new[] { "portal_id", "contact_object_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_merged_into_id",
                table: "deals",
                column: "merged_into_id");

            migrationBuilder.CreateIndex(
                name: "IX_contacts_merged_into_id",
                table: "contacts",
                column: "merged_into_id");

            migrationBuilder.CreateIndex(
                name: "IX_record_reads_due_at",
                table: "record_reads",
                column: "due_at");

            migrationBuilder.Sql("INSERT INTO erasure_salt (id, value) VALUES (1, randomblob(32));");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "erased_objects");

            migrationBuilder.DropTable(
                name: "erasure_salt");

            migrationBuilder.DropTable(
                name: "hubspot_links");

            migrationBuilder.DropTable(
                name: "record_reads");

            migrationBuilder.DropIndex(
                name: "IX_webhook_events_portal_id_related_object_id",
                table: "webhook_events");

            migrationBuilder.DropColumn(
                name: "related_object_id",
                table: "webhook_events");

            migrationBuilder.DropColumn(
                name: "related_object_type",
                table: "webhook_events");

            migrationBuilder.DropColumn(
                name: "hubspot_updated_at",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "merged_into_id",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "hubspot_updated_at",
                table: "contacts");

            migrationBuilder.DropColumn(
                name: "merged_into_id",
                table: "contacts");
        }
    }
}
