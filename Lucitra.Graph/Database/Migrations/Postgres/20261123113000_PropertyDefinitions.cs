using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lucitra.Graph.Database.Migrations.Postgres;

/// <summary>
/// The types of properties, and the functions that read a property's text as such. They are immutable although the casts
/// inside are not: the text always says its zone.
/// </summary>
[DbContext(typeof(PostgresDbContext))]
[Migration("20261123113000_PropertyDefinitions")]
internal sealed class PropertyDefinitions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE property_definitions (
                id uuid NOT NULL,
                object_type character varying(20) NOT NULL,
                name character varying(200) COLLATE "C" NOT NULL,
                type character varying(20) NOT NULL,
                label character varying(500) COLLATE "C",
                CONSTRAINT "PK_property_definitions" PRIMARY KEY (id)
            );
            CREATE UNIQUE INDEX "IX_property_definitions_object_type_name" ON property_definitions (object_type, name);
            """);
        migrationBuilder.Sql(
            """
            CREATE FUNCTION lucitra_number(value text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT CASE
                    WHEN length(value) <= 100 AND value ~ '^[ \t\n\v\f\r]*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?[ \t\n\v\f\r]*$'
                    THEN CASE WHEN abs(value::numeric) < 1e18 THEN trim_scale(round(value::numeric, 10)) END
                END
            $$;
            """);
        migrationBuilder.Sql(
            """
            CREATE FUNCTION lucitra_instant(value text) RETURNS timestamptz LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
            DECLARE
                milliseconds bigint;
                instant timestamptz;
            BEGIN
                IF value ~ '^[-+]?[0-9]{1,15}$' THEN
                    milliseconds := value::bigint;
                    instant := (timestamp '1970-01-01' + (milliseconds / 86400000) * interval '1 day'
                        + (milliseconds % 86400000) * interval '1 millisecond') AT TIME ZONE 'UTC';
                ELSIF value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,7})?)?(Z|[-+](0[0-9]|1[0-3]):[0-5][0-9]|[-+]14:00)?)?$' THEN
                    value := regexp_replace(value, '(\.[0-9]{6})[0-9]', '\1');
                    instant := CASE WHEN value ~ ':.*(Z|[-+][0-9:]{5})$' THEN value::timestamptz ELSE value::timestamp AT TIME ZONE 'UTC' END;
                END IF;
                RETURN CASE WHEN instant >= timestamptz '1000-01-01 00:00:00Z' AND instant < timestamptz '9999-01-01 00:00:00Z' THEN instant END;
            EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
                RETURN NULL;
            END
            $$;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP FUNCTION lucitra_instant(text);
        DROP FUNCTION lucitra_number(text);
        DROP TABLE property_definitions;
        """);
}
