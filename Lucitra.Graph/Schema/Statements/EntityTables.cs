using System.Collections.Concurrent;
using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The tables of the entities, as the model has them.</summary>
internal sealed class EntityTables(IDbContextFactory<LucitraDbContext> contexts)
{
    private readonly ConcurrentDictionary<Type, EntityTable> _tables = new();
    private readonly Lazy<IModel> _model = new(() =>
    {
        using var db = contexts.CreateDbContext();
        return db.Model;
    });

    public EntityTable Of(Type entity) => _tables.GetOrAdd(entity, type => Read(_model.Value.FindEntityType(type)!));

    private static EntityTable Read(IEntityType entity)
    {
        var columns = entity.GetProperties()
            .Where(property => property.PropertyInfo is not null && property.GetTypeMapping().Converter is null && !property.GetTypeMapping().ClrType.IsEnum)
            .ToDictionary(property => property.Name, property => Quoted(property.GetColumnName()));
        var links = entity.GetNavigations().Select(navigation => (navigation.Name, LinkOf(navigation)))
            .Concat(entity.GetSkipNavigations().Select(navigation => (navigation.Name, LinkOf(navigation))))
            .ToDictionary();
        var indexes = entity.GetIndexes()
            .Where(index => index.Properties.Count > 1 && index.GetFilter() is null)
            .Select(index => (Quoted(index.Properties[0].GetColumnName()), Quoted(index.Properties[1].GetColumnName())));
        return new EntityTable(Quoted(entity.GetTableName()!), columns, links, [.. indexes]);
    }

    private static TableLink LinkOf(INavigation navigation)
    {
        var key = navigation.ForeignKey;
        return new TableLink(
            navigation.TargetEntityType.ClrType,
            Through: null,
            navigation.IsOnDependent ? Pairs(key.Properties, key.PrincipalKey.Properties) : Pairs(key.PrincipalKey.Properties, key.Properties));
    }

    private static TableLink LinkOf(ISkipNavigation navigation)
    {
        var (here, there) = (navigation.ForeignKey, navigation.Inverse.ForeignKey);
        return new TableLink(
            navigation.TargetEntityType.ClrType,
            (Quoted(navigation.JoinEntityType.GetTableName()!), Pairs(here.PrincipalKey.Properties, here.Properties)),
            Pairs(there.Properties, there.PrincipalKey.Properties));
    }

    private static List<ColumnPair> Pairs(IEnumerable<IProperty> left, IEnumerable<IProperty> right) =>
        [.. left.Zip(right, (one, other) => new ColumnPair(Quoted(one.GetColumnName()), Quoted(other.GetColumnName())))];

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
