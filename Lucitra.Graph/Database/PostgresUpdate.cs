using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Lucitra.Graph.Database;

/// <summary>
/// Writes changed rows of one table with one statement. A column that only some of them changed is written for all: a row's
/// version keeps what was read from being overwritten after others changed it.
/// </summary>
internal static class PostgresUpdate
{
    public static async Task<int> RunAsync(PostgresDbContext db, SetTable table, List<EntityEntry> changed, CancellationToken cancellationToken)
    {
        var entity = changed[0].Metadata;
        var keys = entity.FindPrimaryKey()!.Properties;
        List<IProperty> expected = [.. keys, .. entity.GetProperties().Where(property => property.IsConcurrencyToken)];
        var written = entity.GetProperties().Where(property => changed.Exists(entry => entry.Property(property).IsModified)).ToList();

        var sql = new StringBuilder("UPDATE ").Append(table.Name).Append(" AS stored SET ")
            .AppendJoin(", ", written.Select((property, i) => $"{table.Column(property).Name} = given.new_{i}{Cast(table.Column(property))}"))
            .Append(" FROM unnest(")
            .AppendJoin(", ", expected.Select((_, i) => $"@old_{i}").Concat(written.Select((_, i) => $"@new_{i}")))
            .Append(") AS given (")
            .AppendJoin(", ", expected.Select((_, i) => $"old_{i}").Concat(written.Select((_, i) => $"new_{i}")))
            .Append(") WHERE ")
            .AppendJoin(" AND ", expected.Select((property, i) => $"stored.{table.Column(property).Name} {(property.IsNullable ? "IS NOT DISTINCT FROM" : "=")} given.old_{i}"));

        await using var command = new NpgsqlCommand(sql.ToString(), (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        for (var i = 0; i < expected.Count; i++)
            command.Parameters.Add(Values($"old_{i}", table.Column(expected[i]), changed, entry => table.Column(expected[i]).ToStore(entry.OriginalValues[expected[i]])));
        for (var i = 0; i < written.Count; i++)
            command.Parameters.Add(Values($"new_{i}", table.Column(written[i]), changed, entry => table.Column(written[i]).Read(entry.Entity)));

        if (await command.ExecuteNonQueryAsync(cancellationToken) is var rows && rows != changed.Count)
            throw new DbUpdateConcurrencyException($"Of {changed.Count} rows of {table.Name} {rows} were as they had been read.");
        changed.ForEach(PostgresSets.Accept);
        return rows;
    }

    private static string Cast(SetColumn column) => column.IsJson ? $"::{column.StoreType}" : "";

    private static NpgsqlParameter Values(string name, SetColumn column, List<EntityEntry> changed, Func<EntityEntry, object?> value)
    {
        var values = Array.CreateInstance(column.ValueType, changed.Count);
        for (var i = 0; i < changed.Count; i++)
            values.SetValue(value(changed[i]), i);
        return new NpgsqlParameter(name, values);
    }
}
