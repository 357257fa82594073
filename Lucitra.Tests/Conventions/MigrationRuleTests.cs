using System.Reflection;
using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Lucitra.Tests.Conventions;

/// <summary>Migrations expand the schema, and contract it only where their name says so. See docs/decisions/0006.</summary>
public sealed class MigrationRuleTests
{
    /// <summary>Made before the first release: no program serves on a database without them. Nothing is added here.</summary>
    private static readonly string[] _beforeTheFirstRelease = ["20261124020000_WebhookEventPartitions"];

    [Fact]
    public void Migrations_take_nothing_from_the_release_before()
    {
        var breaches =
            from type in typeof(SqliteDbContext).Assembly.GetTypes()
            where type.IsSubclassOf(typeof(Migration))
            let id = type.GetCustomAttribute<MigrationAttribute>()!.Id
            where !_beforeTheFirstRelease.Contains(id)
            let provider = type.GetCustomAttribute<DbContextAttribute>()!.ContextType == typeof(SqliteDbContext) ? "Microsoft.EntityFrameworkCore.Sqlite" : "Npgsql.EntityFrameworkCore.PostgreSQL"
            let migration = (Migration)Activator.CreateInstance(type)!
            from breach in MigrationRules.Breaches(id, With(migration, provider))
            select $"{type.Namespace!.Split('.')[^1]}: {breach}";

        Convention.Holds(breaches);
    }

    [Theory]
    [InlineData("ALTER TABLE contacts DROP COLUMN phone;", "takes something away")]
    [InlineData("alter table contacts rename column phone to telephone;", "takes something away")]
    [InlineData("ALTER TABLE contacts ALTER COLUMN phone SET NOT NULL;", "takes something away")]
    [InlineData("ALTER TABLE contacts ALTER COLUMN phone TYPE bigint;", "takes something away")]
    [InlineData("CREATE TABLE new (id int); DROP TABLE contacts;", "takes something away")]
    [InlineData("ALTER TABLE contacts ADD COLUMN age integer NOT NULL;", "no default")]
    [InlineData("ALTER TABLE contacts ADD COLUMN a int NOT NULL DEFAULT 1, ADD COLUMN b int NOT NULL;", "no default")]
    [InlineData("CREATE UNIQUE INDEX i ON contacts (email);", "forbids rows")]
    public void What_takes_something_away_is_seen_in_sql(string sql, string complaint)
    {
        Assert.Contains(complaint, Assert.Single(MigrationRules.Breaches("20270101000000_Change", new Sql(sql))), StringComparison.Ordinal);
        Assert.Empty(MigrationRules.Breaches("20270101000000_ContractChange", new Sql(sql)));
    }

    [Theory]
    [InlineData("ALTER TABLE contacts ADD COLUMN age integer, ADD COLUMN size integer NOT NULL DEFAULT 0;")]
    [InlineData("CREATE TABLE tags (id uuid NOT NULL); CREATE UNIQUE INDEX i ON tags (id); ALTER TABLE tags ADD CONSTRAINT \"PK\" PRIMARY KEY (id);")]
    [InlineData("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE scratch; END $$;")]
    [InlineData("CREATE INDEX CONCURRENTLY i ON contacts (owner_id);")]
    public void What_adds_something_is_welcome_in_sql(string sql) => Assert.Empty(MigrationRules.Breaches("20270101000000_Change", new Sql(sql)));

    [Fact]
    public void What_takes_something_away_is_seen_in_operations() => Assert.Equal(9, MigrationRules.Breaches("20270101000000_Change", new Takes()).Count());

    [Fact]
    public void What_adds_something_is_welcome_in_operations() => Assert.Empty(MigrationRules.Breaches("20270101000000_Change", new Adds()));

    [Fact]
    public void A_contract_adds_nothing() => Assert.Equal(3, MigrationRules.Breaches("20270101000000_ContractChange", new Adds()).Count());

    private static Migration With(Migration migration, string provider)
    {
        migration.ActiveProvider = provider;
        return migration;
    }

    private sealed class Sql(string sql) : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(sql);
    }

    private sealed class Takes : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable("users");
            migrationBuilder.DropColumn("phone", "contacts");
            migrationBuilder.RenameTable("deals", newName: "offers");
            migrationBuilder.RenameColumn("phone", "contacts", "telephone");
            migrationBuilder.AddColumn<int>("age", "contacts", nullable: false);
            migrationBuilder.AlterColumn<long>("age", "contacts", type: "bigint", oldClrType: typeof(int), oldType: "integer");
            migrationBuilder.AlterColumn<string>("phone", "contacts", nullable: false, oldClrType: typeof(string), oldNullable: true);
            migrationBuilder.CreateIndex("i", "contacts", "email", unique: true);
            migrationBuilder.AddForeignKey("k", "deals", "owner_id", "owners", principalColumn: "id");
        }
    }

    private sealed class Adds : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable("tags", table => new { id = table.Column<int>(nullable: false) });
            migrationBuilder.AddColumn<string>("nickname", "contacts", nullable: true);
            migrationBuilder.AddColumn<int>("visits", "contacts", nullable: false, defaultValue: 0);
            migrationBuilder.CreateIndex("i", "tags", "id", unique: true);
            migrationBuilder.CreateIndex("j", "contacts", "owner_id");
        }
    }
}
