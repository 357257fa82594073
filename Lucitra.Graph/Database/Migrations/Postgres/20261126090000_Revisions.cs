using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lucitra.Graph.Database.Migrations.Postgres
{
    /// <summary>How often the row of a contact or deal was written.</summary>
    [DbContext(typeof(PostgresDbContext))]
    [Migration("20261126090000_Revisions")]
    internal sealed class Revisions : Migration
    {
        private static readonly string[] _tables = ["contacts", "deals"];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var table in _tables)
            {
                migrationBuilder.AddColumn<int>(
                    name: "revision",
                    table: table,
                    type: "integer",
                    nullable: false,
                    defaultValue: 0);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in _tables)
            {
                migrationBuilder.DropColumn(
                    name: "revision",
                    table: table);
            }
        }
    }
}
