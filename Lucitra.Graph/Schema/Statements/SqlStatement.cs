using System.Globalization;
using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The parameters and names that all parts of one statement share.</summary>
internal sealed class SqlStatement(EntityTables tables)
{
    private static readonly string[] _placeholders = [.. Enumerable.Range(1, 100).Select(Placeholder)];
    private static readonly string[] _names = [.. Enumerable.Range(0, 100).Select(Name)];

    private string? _ordered;
    private IReadOnlyCollection<string> _leading = [];
    private int _aliases;

    public List<SqlParameterSource> Parameters { get; } = [];

    /// <summary>False once something was asked for that these statements do not say; the statement must not run then.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Whether another value of a parameter may be read better by another plan: a rare one, or one that bounds no index.</summary>
    public bool DependsOnValues { get; private set; }

    /// <summary>Something is asked for that these statements do not say.</summary>
    public void Forgo() => IsWhole = false;

    /// <summary>The best plan depends on the values.</summary>
    public void DependOnValues() => DependsOnValues = true;

    /// <summary>Says in what order the rows come.</summary>
    /// <param name="column">By which column first.</param>
    /// <param name="leading">The columns with an index that has the rows of one value in that order.</param>
    public void OrderBy(string column, IReadOnlyCollection<string> leading) => (_ordered, _leading) = (column, leading);

    public EntityTable TableOf(Type entity) => tables.Of(entity);

    public string NextAlias() => _aliases < _names.Length ? _names[_aliases++] : Name(_aliases++);

    /// <summary>Adds a value; returns what stands for it in the text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type of what it is compared with.</param>
    public string Parameter(object value, Type type)
    {
        DependsOnValues = true;
        return Bound(value, type);
    }

    /// <summary>Adds the value that a column is compared with.</summary>
    /// <param name="column">The column.</param>
    /// <param name="isEquality">Whether it has to be that value.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">The type of the column.</param>
    public string Compared(string column, bool isEquality, object value, Type type)
    {
        // Where the rows' order begins and ends is where its index is read, whatever the value.
        if (column == _ordered)
            return Bound(value, type);
        if (!isEquality || !_leading.Contains(column))
            return Parameter(value, type);

        // Of two such columns either may be the better one to go by.
        _leading = [];
        return Bound(value, type);
    }

    /// <summary>Adds a value that is looked for in an index whatever it is.</summary>
    public string Bound(object value, Type type) => Add(value, given => SqlParameters.Of(given, Scalars.Underlying(type)));

    /// <summary>Adds a key of a cursor, by which a page begins.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="key">Its key.</param>
    /// <param name="type">The type of what the key is compared with.</param>
    /// <param name="keyOf">Reads the key from another cursor of the same list; null where it has none.</param>
    public string KeyOfCursor(string cursor, object key, Type type, Func<string, object?> keyOf)
    {
        var ofKey = Scalars.Underlying(type);
        return Add(cursor, SqlParameters.Of(key, ofKey), given => keyOf((string)given) is { } other ? SqlParameters.Of(other, ofKey) : null);
    }

    /// <summary>Adds a global identifier, by which a row is looked for.</summary>
    public string Key(object id, EntityColumn key) => Add(id, given => SqlParameters.Of(key.Ids!.Parse((string)given), key.Member.PropertyType));

    /// <summary>Adds a list of values as one parameter; returns what stands for it in the text.</summary>
    public string ListParameter(IEnumerable<object> values, Type type)
    {
        DependsOnValues = true;
        return Add(values, given => SqlParameters.OfList((IEnumerable<object>)given, Scalars.Underlying(type)));
    }

    private string Add(object value, Func<object, NpgsqlParameter?> make) => Add(value, make(value), make);

    private string Add(object value, NpgsqlParameter? parameter, Func<object, NpgsqlParameter?> make)
    {
        if (parameter is null)
        {
            Forgo();
            return "NULL";
        }

        Parameters.Add(new SqlParameterSource(value, parameter, make));
        return Parameters.Count <= _placeholders.Length ? _placeholders[Parameters.Count - 1] : Placeholder(Parameters.Count);
    }

    private static string Placeholder(int place) => string.Create(CultureInfo.InvariantCulture, $"${place}");

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"a{number}");
}
