using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lucitra.Graph.Database.Migrations.Postgres
{
    /// <summary>Merges, links and erasure by HubSpot's ids.</summary>
    [DbContext(typeof(PostgresDbContext))]
    [Migration("20261124000000_Identities")]
    internal sealed class Identities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "related_object_id",
                table: "webhook_events",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "related_object_type",
                table: "webhook_events",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "hubspot_updated_at",
                table: "deals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into_id",
                table: "deals",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "hubspot_updated_at",
                table: "contacts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into_id",
                table: "contacts",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "erased_objects",
                columns: table => new
                {
                    hash = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false, collation: "C"),
                    erased_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erased_objects", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "erasure_salt",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    value = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erasure_salt", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "hubspot_links",
                columns: table => new
                {
                    portal_id = table.Column<long>(type: "bigint", nullable: false),
                    deal_object_id = table.Column<long>(type: "bigint", nullable: false),
                    contact_object_id = table.Column<long>(type: "bigint", nullable: false),
                    label = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    is_linked = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hubspot_links", x => new { x.portal_id, x.deal_object_id, x.contact_object_id, x.label });
                });

            migrationBuilder.CreateTable(
                name: "record_reads",
                columns: table => new
                {
                    portal_id = table.Column<long>(type: "bigint", nullable: false),
                    object_type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    object_id = table.Column<long>(type: "bigint", nullable: false),
                    parts = table.Column<int>(type: "integer", nullable: false),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false)
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

            migrationBuilder.Sql("INSERT INTO erasure_salt (id, value) VALUES (1, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));");
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
