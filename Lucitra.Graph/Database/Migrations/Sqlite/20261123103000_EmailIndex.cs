using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lucitra.Graph.Database.Migrations.Sqlite;

/// <summary>Finds an e-mail address whatever its case. Written by hand: EF's model has no indexes on expressions.</summary>
[DbContext(typeof(SqliteDbContext))]
[Migration("20261123103000_EmailIndex")]
internal sealed class EmailIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE INDEX ix_contacts_lower_email ON contacts (lower(email));");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP INDEX ix_contacts_lower_email;");
}
