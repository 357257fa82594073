using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Lucitra.Graph.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class InitialSchema : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "contacts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: true),
                    first_name = table.Column<string>(type: "TEXT", nullable: true),
                    last_name = table.Column<string>(type: "TEXT", nullable: true),
                    phone = table.Column<string>(type: "TEXT", nullable: true),
                    company = table.Column<string>(type: "TEXT", nullable: true),
                    job_title = table.Column<string>(type: "TEXT", nullable: true),
                    lifecycle_stage = table.Column<string>(type: "TEXT", nullable: true),
                    lead_status = table.Column<string>(type: "TEXT", nullable: true),
                    owner_id = table.Column<string>(type: "TEXT", nullable: true),
                    portal_id = table.Column<long>(type: "INTEGER", nullable: true),
                    hubspot_id = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    archived_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    properties = table.Column<string>(type: "TEXT", nullable: false),
                    stamps = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contacts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "hubspot_records",
                columns: table => new
                {
                    portal_id = table.Column<long>(type: "INTEGER", nullable: false),
                    object_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    object_id = table.Column<long>(type: "INTEGER", nullable: false),
                    record_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hubspot_records", x => new { x.portal_id, x.object_type, x.object_id });
                });

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    input_hash = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    record_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    errors = table.Column<string>(type: "TEXT", nullable: true),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_keys", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "pipelines",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    label = table.Column<string>(type: "TEXT", nullable: false),
                    display_order = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pipelines", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "queued_messages",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    received_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    trace_parent = table.Column<string>(type: "TEXT", maxLength: 55, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_queued_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "record_changes",
                columns: table => new
                {
                    position = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    transaction_id = table.Column<long>(type: "INTEGER", nullable: false),
                    record_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    record_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: true),
                    source_id = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    occurred_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_record_changes", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    portal_id = table.Column<long>(type: "INTEGER", nullable: true),
                    app_id = table.Column<long>(type: "INTEGER", nullable: true),
                    object_type = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    object_id = table.Column<long>(type: "INTEGER", nullable: true),
                    subscription_type = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    property_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    occurred_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    event_id = table.Column<long>(type: "INTEGER", nullable: true),
                    subscription_id = table.Column<long>(type: "INTEGER", nullable: true),
                    attempt_number = table.Column<int>(type: "INTEGER", nullable: true),
                    change_source = table.Column<string>(type: "TEXT", nullable: true),
                    source_id = table.Column<string>(type: "TEXT", nullable: true),
                    raw = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    next_attempt_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    processed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    trace_id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhook_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deal_stages",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 201, nullable: false),
                    pipeline_id = table.Column<string>(type: "TEXT", nullable: false),
                    hubspot_id = table.Column<string>(type: "TEXT", nullable: false),
                    label = table.Column<string>(type: "TEXT", nullable: false),
                    display_order = table.Column<int>(type: "INTEGER", nullable: false),
                    probability = table.Column<decimal>(type: "TEXT", nullable: false),
                    is_closed = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_won = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deal_stages", x => x.id);
                    table.UniqueConstraint("AK_deal_stages_pipeline_id_hubspot_id", x => new { x.pipeline_id, x.hubspot_id });
                    table.ForeignKey(
                        name: "FK_deal_stages_pipelines_pipeline_id",
                        column: x => x.pipeline_id,
                        principalTable: "pipelines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "deals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    amount = table.Column<decimal>(type: "TEXT", nullable: true),
                    currency = table.Column<string>(type: "TEXT", nullable: true),
                    pipeline_id = table.Column<string>(type: "TEXT", nullable: true),
                    stage_id = table.Column<string>(type: "TEXT", nullable: true),
                    close_date = table.Column<DateTime>(type: "TEXT", nullable: true),
                    owner_id = table.Column<string>(type: "TEXT", nullable: true),
                    is_closed = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_won = table.Column<bool>(type: "INTEGER", nullable: false),
                    portal_id = table.Column<long>(type: "INTEGER", nullable: true),
                    hubspot_id = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    archived_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    properties = table.Column<string>(type: "TEXT", nullable: false),
                    stamps = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deal_contacts",
                columns: table => new
                {
                    contact_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    deal_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deal_contacts", x => new { x.contact_id, x.deal_id });
                    table.ForeignKey(
                        name: "FK_deal_contacts_contacts_contact_id",
                        column: x => x.contact_id,
                        principalTable: "contacts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_deal_contacts_deals_deal_id",
                        column: x => x.deal_id,
                        principalTable: "deals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "pipelines",
                columns: new[] { "id", "display_order", "label" },
                values: new object[] { "default", 0, "Sales Pipeline" });

            migrationBuilder.InsertData(
                table: "deal_stages",
                columns: new[] { "id", "display_order", "hubspot_id", "is_closed", "is_won", "label", "pipeline_id", "probability" },
                values: new object[,]
                {
                    { "default:appointmentscheduled", 0, "appointmentscheduled", false, false, "Appointment Scheduled", "default", 0.2m },
                    { "default:closedlost", 6, "closedlost", true, false, "Closed Lost", "default", 0.0m },
                    { "default:closedwon", 5, "closedwon", true, true, "Closed Won", "default", 1.0m },
                    { "default:contractsent", 4, "contractsent", false, false, "Contract Sent", "default", 0.9m },
                    { "default:decisionmakerboughtin", 3, "decisionmakerboughtin", false, false, "Decision Maker Bought-In", "default", 0.8m },
                    { "default:presentationscheduled", 2, "presentationscheduled", false, false, "Presentation Scheduled", "default", 0.6m },
                    { "default:qualifiedtobuy", 1, "qualifiedtobuy", false, false, "Qualified To Buy", "default", 0.4m }
                });

            migrationBuilder.CreateIndex(
                name: "IX_contacts_created_at_id",
                table: "contacts",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_contacts_email_id",
                table: "contacts",
                columns: new[] { "email", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_contacts_last_name_id",
                table: "contacts",
                columns: new[] { "last_name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_contacts_lifecycle_stage_id",
                table: "contacts",
                columns: new[] { "lifecycle_stage", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_contacts_portal_id_hubspot_id",
                table: "contacts",
                columns: new[] { "portal_id", "hubspot_id" });

            migrationBuilder.CreateIndex(
                name: "IX_contacts_updated_at_id",
                table: "contacts",
                columns: new[] { "updated_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deal_contacts_deal_id",
                table: "deal_contacts",
                column: "deal_id");

            migrationBuilder.CreateIndex(
                name: "IX_deals_amount_id",
                table: "deals",
                columns: new[] { "amount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_close_date_id",
                table: "deals",
                columns: new[] { "close_date", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_created_at_id",
                table: "deals",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_pipeline_id_stage_id",
                table: "deals",
                columns: new[] { "pipeline_id", "stage_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_portal_id_hubspot_id",
                table: "deals",
                columns: new[] { "portal_id", "hubspot_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_stage_id_id",
                table: "deals",
                columns: new[] { "stage_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_updated_at_id",
                table: "deals",
                columns: new[] { "updated_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_hubspot_records_record_id",
                table: "hubspot_records",
                column: "record_id");

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_keys_expires_at",
                table: "idempotency_keys",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_record_changes_record_id_position",
                table: "record_changes",
                columns: new[] { "record_id", "position" });

            migrationBuilder.CreateIndex(
                name: "IX_record_changes_transaction_id_position",
                table: "record_changes",
                columns: new[] { "transaction_id", "position" });

            migrationBuilder.CreateIndex(
                name: "IX_users_email",
                table: "users",
                column: "email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_webhook_events_key",
                table: "webhook_events",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_webhook_events_status_next_attempt_at",
                table: "webhook_events",
                columns: new[] { "status", "next_attempt_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deal_contacts");

            migrationBuilder.DropTable(
                name: "hubspot_records");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "queued_messages");

            migrationBuilder.DropTable(
                name: "record_changes");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "webhook_events");

            migrationBuilder.DropTable(
                name: "contacts");

            migrationBuilder.DropTable(
                name: "deals");

            migrationBuilder.DropTable(
                name: "deal_stages");

            migrationBuilder.DropTable(
                name: "pipelines");
        }
    }
}
