using System.Reflection;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>An entity in a query.</summary>
/// <param name="Query">The query.</param>
/// <param name="Table">Its table.</param>
/// <param name="Alias">The name of its rows in the statement.</param>
/// <param name="MayBeMissing">Whether a row of the query may have none: then every column may be null.</param>
internal sealed record SqlPlace(SqlQuery Query, EntityTable Table, string Alias, bool MayBeMissing)
{
    public SqlStatement Statement => Query.Statement;

    /// <summary>The column of a property in the statement; the statement is forgone where there is none.</summary>
    public string Column(MemberInfo member)
    {
        if (Table.Columns.TryGetValue(member.Name, out var column))
            return $"{Alias}.{column}";
        Statement.Forgo();
        return "NULL";
    }

    /// <summary>The columns with an index that has the rows of one value in the order of <paramref name="ordered"/>.</summary>
    public IReadOnlyCollection<string> Leading(string ordered) =>
        [.. Table.Indexes.Where(index => $"{Alias}.{index.Second}" == ordered).Select(index => $"{Alias}.{index.First}")];

    /// <summary>What is at the other end of a link to one entity.</summary>
    public SqlPlace Join(MemberInfo member) => Query.Join(this, Table.Links[member.Name]);

    /// <summary>The rows at the other end of a link to many.</summary>
    public SqlQuery Many(MemberInfo member) => SqlQuery.On(this, Table.Links[member.Name]);

    public bool Equals(SqlPlace? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Alias.GetHashCode(StringComparison.Ordinal);
}
