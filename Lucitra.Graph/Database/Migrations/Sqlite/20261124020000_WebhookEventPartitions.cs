using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lucitra.Graph.Database.Migrations.Sqlite;

/// <summary>The day of a fact beside its key, and indexes for those who look for events.</summary>
[DbContext(typeof(SqliteDbContext))]
[Migration("20261124020000_WebhookEventPartitions")]
internal sealed class WebhookEventPartitions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE webhook_events ADD COLUMN occurred_on TEXT NOT NULL DEFAULT '1970-01-01';
        UPDATE webhook_events SET occurred_on = substr(occurred_at, 1, 10) WHERE occurred_at IS NOT NULL;
        DROP INDEX "IX_webhook_events_key";
        CREATE UNIQUE INDEX "IX_webhook_events_key_occurred_on" ON webhook_events (key, occurred_on);
        CREATE INDEX "IX_webhook_events_status_received_at" ON webhook_events (status, received_at);
        CREATE INDEX "IX_webhook_events_status_processed_at" ON webhook_events (status, processed_at);
        CREATE INDEX "IX_webhook_events_portal_id_object_type_object_id_received_at"
            ON webhook_events (portal_id, object_type, object_id, received_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX "IX_webhook_events_portal_id_object_type_object_id_received_at";
        DROP INDEX "IX_webhook_events_status_processed_at";
        DROP INDEX "IX_webhook_events_status_received_at";
        DROP INDEX "IX_webhook_events_key_occurred_on";
        ALTER TABLE webhook_events DROP COLUMN occurred_on;
        CREATE UNIQUE INDEX "IX_webhook_events_key" ON webhook_events (key);
        """);
}
