using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lucitra.Graph.Database.Migrations.Postgres;

/// <summary>
/// Divides events by the month of their fact. A fact's day is part of its key, so keys stay unique over all months. Days
/// without a month of their own, and events without a day, are in the default partition.
/// </summary>
[DbContext(typeof(PostgresDbContext))]
[Migration("20261124020000_WebhookEventPartitions")]
internal sealed class WebhookEventPartitions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE webhook_events RENAME TO webhook_events_undivided;
            ALTER TABLE webhook_events_undivided RENAME CONSTRAINT "PK_webhook_events" TO "PK_webhook_events_undivided";
            DROP INDEX "IX_webhook_events_key";
            DROP INDEX "IX_webhook_events_status_next_attempt_at";
            DROP INDEX "IX_webhook_events_portal_id_related_object_id";
            CREATE TABLE webhook_events (LIKE webhook_events_undivided, occurred_on date NOT NULL) PARTITION BY RANGE (occurred_on);
            ALTER TABLE webhook_events ADD CONSTRAINT "PK_webhook_events" PRIMARY KEY (id, occurred_on);
            CREATE UNIQUE INDEX "IX_webhook_events_key_occurred_on" ON webhook_events (key, occurred_on);
            CREATE INDEX "IX_webhook_events_status_next_attempt_at" ON webhook_events (status, next_attempt_at);
            CREATE INDEX "IX_webhook_events_status_received_at" ON webhook_events (status, received_at);
            CREATE INDEX "IX_webhook_events_status_processed_at" ON webhook_events (status, processed_at);
            CREATE INDEX "IX_webhook_events_portal_id_object_type_object_id_received_at"
                ON webhook_events (portal_id, object_type, object_id, received_at);
            CREATE INDEX "IX_webhook_events_portal_id_related_object_id" ON webhook_events (portal_id, related_object_id);
            CREATE TABLE webhook_events_default PARTITION OF webhook_events DEFAULT;
            """);
        migrationBuilder.Sql(
            """
            CREATE FUNCTION lucitra_add_event_month(month date) RETURNS void LANGUAGE plpgsql AS $$
            DECLARE
                name text := 'webhook_events_' || to_char(month, 'YYYY_MM');
                next date := (month + interval '1 month')::date;
            BEGIN
                IF to_regclass(name) IS NOT NULL THEN
                    RETURN;
                END IF;
                EXECUTE format('CREATE TABLE %I (LIKE webhook_events)', name);
                -- Events of the month that came before it had a place: nobody may add one while they move.
                LOCK TABLE webhook_events_default IN ACCESS EXCLUSIVE MODE;
                EXECUTE format(
                    'WITH moved AS (DELETE FROM webhook_events_default WHERE occurred_on >= %L AND occurred_on < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
                    month, next, name);
                EXECUTE format('ALTER TABLE webhook_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, month, next);
            END
            $$;
            """);
        migrationBuilder.Sql(
            """
            SELECT lucitra_add_event_month(month)
            FROM (
                SELECT DISTINCT date_trunc('month', occurred_at AT TIME ZONE 'UTC')::date AS month FROM webhook_events_undivided
                WHERE occurred_at >= now() - interval '24 months' AND occurred_at < now() + interval '3 months'
            ) AS months;
            INSERT INTO webhook_events
            SELECT undivided.*, coalesce((occurred_at AT TIME ZONE 'UTC')::date, date '1970-01-01') FROM webhook_events_undivided AS undivided;
            DROP TABLE webhook_events_undivided;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP FUNCTION lucitra_add_event_month(date);
        ALTER TABLE webhook_events RENAME TO webhook_events_divided;
        CREATE TABLE webhook_events (LIKE webhook_events_divided);
        INSERT INTO webhook_events SELECT * FROM webhook_events_divided;
        DROP TABLE webhook_events_divided;
        ALTER TABLE webhook_events DROP COLUMN occurred_on;
        ALTER TABLE webhook_events ADD CONSTRAINT "PK_webhook_events" PRIMARY KEY (id);
        CREATE UNIQUE INDEX "IX_webhook_events_key" ON webhook_events (key);
        CREATE INDEX "IX_webhook_events_status_next_attempt_at" ON webhook_events (status, next_attempt_at);
        CREATE INDEX "IX_webhook_events_portal_id_related_object_id" ON webhook_events (portal_id, related_object_id);
        """);
}
