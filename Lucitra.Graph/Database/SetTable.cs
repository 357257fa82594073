using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Lucitra.Graph.Database;

/// <summary>A table as sets of rows are written to it: its columns, by EF's model, with what gives their values as the database takes them.</summary>
internal sealed class SetTable
{
    private static readonly ConcurrentDictionary<IEntityType, SetTable> _tables = new();

    private readonly string _name;
    private readonly string _insert;
    private readonly List<SetColumn> _given;
    private readonly Dictionary<IProperty, SetColumn> _columns;

    private SetTable(IEntityType entity)
    {
        _name = entity.GetTableName()!;
        _columns = entity.GetProperties().ToDictionary(property => property, property => new SetColumn(property));
        _given = [.. _columns.Where(one => !one.Key.ValueGenerated.HasFlag(ValueGenerated.OnAdd)).Select(one => one.Value)];
        _insert = $"INSERT INTO {_name} ({string.Join(", ", _given.Select(column => column.Name))}) VALUES ({string.Join(", ", _given.Select((_, i) => $"${i + 1}"))})";
    }

    public string Name => _name;

    public static SetTable Of(IEntityType entity) => _tables.GetOrAdd(entity, entity => new SetTable(entity));

    public SetColumn Column(IProperty property) => _columns[property];

    /// <summary>Entities as new rows. The database gives what it generates.</summary>
    public BulkTable Added(IEnumerable<object> entities) => new(
        _name, _given.ConvertAll(column => column.Name), entities.Select(entity => _given.ConvertAll(column => column.Write(entity)).ToArray()));

    /// <summary>The statement that adds an entity as a new row. The database gives what it generates.</summary>
    public NpgsqlBatchCommand Insert(object entity)
    {
        var command = new NpgsqlBatchCommand(_insert);
        foreach (var column in _given)
            command.Parameters.Add(new NpgsqlParameter { DataTypeName = column.StoreType, Value = column.Read(entity) ?? DBNull.Value });
        return command;
    }
}
