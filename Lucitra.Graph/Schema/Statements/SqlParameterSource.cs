using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>A parameter of a statement, and how another one is made of another value.</summary>
/// <param name="value">The value that it is made of.</param>
/// <param name="parameter">The parameter.</param>
/// <param name="make">Makes a parameter of a value of the same type; null where there is none for it.</param>
internal sealed class SqlParameterSource(object value, NpgsqlParameter parameter, Func<object, NpgsqlParameter?> make)
{
    public object Value => value;

    public NpgsqlParameter Parameter => parameter;

    public Func<object, NpgsqlParameter?> Make => make;
}
