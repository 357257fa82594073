using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lucitra.Graph.Database.Migrations.Postgres
{
    /// <summary>Refresh tokens of HubSpot accounts, enciphered.</summary>
    [DbContext(typeof(PostgresDbContext))]
    [Migration("20261124010000_HubSpotTokens")]
    internal sealed class HubSpotTokens : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "hubspot_tokens",
                columns: table => new
                {
                    portal_id = table.Column<long>(type: "bigint", nullable: false),
                    ciphertext = table.Column<byte[]>(type: "bytea", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hubspot_tokens", x => x.portal_id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hubspot_tokens");
        }
    }
}
