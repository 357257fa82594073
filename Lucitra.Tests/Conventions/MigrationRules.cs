using System.Text.RegularExpressions;
using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Lucitra.Tests.Conventions;

/// <summary>What a migration may do while programs of the release before serve on the database (docs/decisions/0006).</summary>
internal static partial class MigrationRules
{
    /// <summary>One line per breach.</summary>
    public static IEnumerable<string> Breaches(string id, Migration migration)
    {
        var operations = migration.UpOperations;
        if (SchemaFit.IsContract(id))
        {
            return operations.Where(operation => operation is AddColumnOperation or CreateTableOperation)
                .Select(operation => $"{id} is a contract and {operation.GetType().Name} adds something, which programs would wait for: give it a migration of its own.");
        }

        var made = operations.OfType<CreateTableOperation>().Select(table => table.Name)
            .Concat(operations.OfType<SqlOperation>().SelectMany(sql => CreatedTable().Matches(sql.Sql)).Select(match => match.Groups[1].Value))
            .ToHashSet();
        return operations.SelectMany(operation => Breaches(operation, made))
            .Select(breach => $"{id} {breach} Name it {id.Split('_')[0]}_Contract… if the release before does without, or spread the change over two releases.");
    }

    private static IEnumerable<string> Breaches(MigrationOperation operation, HashSet<string> made) => operation switch
    {
        DropTableOperation drop => [$"drops the table {drop.Name}."],
        DropColumnOperation drop => [$"drops {drop.Table}.{drop.Name}."],
        DropSequenceOperation or DropSchemaOperation => ["drops something."],
        RenameTableOperation rename => [$"renames the table {rename.Name}."],
        RenameColumnOperation rename => [$"renames {rename.Table}.{rename.Name}."],
        AddColumnOperation { IsNullable: false, DefaultValue: null, DefaultValueSql: null, ComputedColumnSql: null } add when !made.Contains(add.Table) =>
            [$"adds {add.Table}.{add.Name}, which is not null and has no default: inserts of the release before fail."],
        AlterColumnOperation alter when alter.ColumnType != alter.OldColumn.ColumnType => [$"changes the type of {alter.Table}.{alter.Name}."],
        AlterColumnOperation { IsNullable: false, OldColumn.IsNullable: true } alter => [$"makes {alter.Table}.{alter.Name} not null."],
        CreateIndexOperation { IsUnique: true } index when !made.Contains(index.Table) => [$"makes {index.Table} unique by {string.Join(", ", index.Columns)}."],
        AddUniqueConstraintOperation unique when !made.Contains(unique.Table) => [$"makes {unique.Table} unique by {string.Join(", ", unique.Columns)}."],
        AddCheckConstraintOperation check when !made.Contains(check.Table) => [$"checks rows of {check.Table} more strictly."],
        AddForeignKeyOperation key when !made.Contains(key.Table) => [$"ties {key.Table} to {key.PrincipalTable}."],
        SqlOperation sql => Breaches(sql.Sql, made),
        _ => [],
    };

    private static IEnumerable<string> Breaches(string sql, HashSet<string> made)
    {
        // The body of a function runs another time.
        var statements = Body().Replace(sql, "").Split(';');
        foreach (var statement in statements.Select(one => one.Trim()))
        {
            var table = AlteredTable().Match(statement) is { Success: true } match ? match.Groups[1].Value : null;
            if (table is not null && made.Contains(table))
                continue;
            if (Taking().IsMatch(statement))
                yield return $"runs '{Shortened(statement)}', which takes something away.";
            if (AddedColumn().Matches(statement).Any(add => NotNull().IsMatch(add.Value) && !Default().IsMatch(add.Value)))
                yield return $"runs '{Shortened(statement)}', which adds a column that is not null and has no default.";
            if (UniqueIndex().Match(statement) is { Success: true } index && !made.Contains(index.Groups[1].Value))
                yield return $"runs '{Shortened(statement)}', which forbids rows that the release before writes.";
        }
    }

    private static string Shortened(string statement) => Regex.Replace(statement, @"\s+", " ") is { Length: > 80 } text ? $"{text[..80]}…" : Regex.Replace(statement, @"\s+", " ");

    [GeneratedRegex(@"CREATE TABLE (?:IF NOT EXISTS )?""?(\w+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CreatedTable();

    [GeneratedRegex(@"^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?""?(\w+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AlteredTable();

    [GeneratedRegex(@"\$\$.*?\$\$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Body();

    [GeneratedRegex(@"\bDROP (TABLE|COLUMN|FUNCTION|VIEW|SEQUENCE)\b|\bRENAME\b|\bSET NOT NULL\b|\bALTER COLUMN \S+ (SET DATA )?TYPE\b|\bADD (CONSTRAINT|CHECK|UNIQUE|FOREIGN)\b|\bTRUNCATE\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Taking();

    [GeneratedRegex(@"\bADD COLUMN\b[^,]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AddedColumn();

    [GeneratedRegex(@"\bNOT NULL\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotNull();

    [GeneratedRegex(@"\b(DEFAULT|GENERATED)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Default();

    [GeneratedRegex(@"^CREATE UNIQUE INDEX .*?\bON ""?(\w+)", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex UniqueIndex();
}
