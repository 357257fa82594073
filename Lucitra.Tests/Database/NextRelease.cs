#pragma warning disable EF1001 // The next release is this program with more migrations; EF has no public way to say so.
using System.Reflection;
using Lucitra.Graph.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Database;

/// <summary>The program as its next release may be: one migration that adds something, and one that takes something away.</summary>
internal sealed class NextRelease(
    ICurrentDbContext context, IDbContextOptions options, IMigrationsIdGenerator ids, IDiagnosticsLogger<DbLoggerCategory.Migrations> logger)
    : MigrationsAssembly(context, options, ids, logger)
{
    public const string Adds = "29990101000000_AddNickname";
    public const string Takes = "29990201000000_ContractDropLabel";

    public override IReadOnlyDictionary<string, TypeInfo> Migrations => new SortedDictionary<string, TypeInfo>(base.Migrations.ToDictionary(), StringComparer.Ordinal)
    {
        [Adds] = typeof(AddNickname).GetTypeInfo(),
        [Takes] = typeof(ContractDropLabel).GetTypeInfo(),
    };

    public static void Configure(WebApplicationBuilder builder) =>
        builder.Services.ConfigureDbContext<PostgresDbContext>(db => db.ReplaceService<IMigrationsAssembly, NextRelease>());

    [Migration(Adds)]
    internal sealed class AddNickname : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>("nickname", "contacts", nullable: true);
            migrationBuilder.AddColumn<int>("visits", "contacts", nullable: false, defaultValue: 0);
        }
    }

    [Migration(Takes)]
    internal sealed class ContractDropLabel : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("label", "property_definitions");
    }
}
