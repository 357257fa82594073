using System.Collections.Frozen;
using System.Linq.Expressions;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Records;

/// <summary>The properties of a record by name, in queries: its column where a property has one, else the document of all the others.</summary>
internal sealed class RecordProperties<T>(RecordType record, FrozenDictionary<string, PropertyColumn<T>> columns, PropertyRegistry registry) : NamedValues
    where T : CrmRecord
{
    public FrozenDictionary<string, PropertyColumn<T>> Columns => columns;

    public override Scopes ScopesOf(string name) => PersonalProperties.Contains(name) ? Scopes.ContactsReadPersonal : Scopes.None;

    public override ValueKind KindOf(string name)
    {
        if (columns.TryGetValue(name, out var column) && KindOf(column) is not ValueKind.Text and var kind)
            return kind;
        return registry.TypeOf(record, name) switch
        {
            PropertyType.Number => ValueKind.Number,
            PropertyType.Boolean => ValueKind.Boolean,
            PropertyType.Date or PropertyType.Datetime => ValueKind.Instant,
            _ => ValueKind.Text,
        };
    }

    public override Expression Read(Expression instance, string name, ValueKind kind)
    {
        if (!columns.TryGetValue(name, out var column))
            return As(kind, TextOf(instance, name));

        var value = Rebind.To(instance, column.Value);
        var own = KindOf(column);
        if (own == kind)
            return value;
        return own == ValueKind.Text
            ? As(kind, value)
            : throw new CodedError(ErrorCodes.InvalidPropertyKind, $"The property `{name}` is of kind {own}; it cannot be read as {kind}.");
    }

    private static ValueKind KindOf(PropertyColumn<T> column) => Scalars.Underlying(column.Value.ReturnType) switch
    {
        var type when type == typeof(decimal) => ValueKind.Number,
        var type when type == typeof(DateTime) => ValueKind.Instant,
        _ => ValueKind.Text,
    };

    private static MethodCallExpression TextOf(Expression instance, string name)
    {
        // PostgreSQL refuses U+0000, and no property has an empty name.
        var storable = name.Contains('\0', StringComparison.Ordinal) ? "" : name;
        var document = Expression.Convert(Expression.Property(instance, nameof(CrmRecord.Properties)), typeof(object));
        return Call(nameof(PropertyFunctions.Text), Expression.Convert(document, typeof(string)), Parameter.Of(storable, typeof(string)));
    }

    private static Expression As(ValueKind kind, Expression text) => kind switch
    {
        ValueKind.Number => Call(nameof(PropertyFunctions.Number), text),
        ValueKind.Instant => Call(nameof(PropertyFunctions.Instant), text),
        ValueKind.Boolean => If(text, "true", true, If(text, "false", false, Expression.Constant(null, typeof(bool?)))),
        _ => text,
    };

    private static ConditionalExpression If(Expression text, string expected, bool then, Expression otherwise) =>
        Expression.Condition(Expression.Equal(text, Expression.Constant(expected)), Expression.Constant(then, typeof(bool?)), otherwise);

    private static MethodCallExpression Call(string function, params Expression[] arguments) =>
        Expression.Call(typeof(PropertyFunctions), function, null, arguments);
}
