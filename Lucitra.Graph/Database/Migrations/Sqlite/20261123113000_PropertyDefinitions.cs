using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lucitra.Graph.Database.Migrations.Sqlite;

/// <summary>The types of properties. The functions that read a property's text as such come with each connection.</summary>
[DbContext(typeof(SqliteDbContext))]
[Migration("20261123113000_PropertyDefinitions")]
internal sealed class PropertyDefinitions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE property_definitions (
            id TEXT NOT NULL CONSTRAINT "PK_property_definitions" PRIMARY KEY,
            object_type TEXT NOT NULL,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            label TEXT
        );
        CREATE UNIQUE INDEX "IX_property_definitions_object_type_name" ON property_definitions (object_type, name);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE property_definitions;");
}
