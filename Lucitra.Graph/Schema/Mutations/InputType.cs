using System.Reflection;
using System.Text.Json;
using GraphQL.Types;

namespace Lucitra.Graph.Schema.Mutations;

/// <summary>
/// The input object of a record: one field for each parameter of its constructor. <see cref="Optional{T}"/> makes a field
/// nullable and tells absent from null; <see cref="GlobalIdAttribute"/> makes it a global identifier.
/// </summary>
internal sealed class InputType<T> : InputObjectGraphType<T>
    where T : MutationInput
{
    private const string ClientMutationId = "clientMutationId";

    private readonly ConstructorInfo _constructor = typeof(T).GetConstructors().Single(constructor => constructor.GetParameters().Length > 0);
    private readonly List<InputField> _fields;

    public InputType()
    {
        Name = typeof(T).Name;
        Description = Documentation.Of(typeof(T));
        _fields = [.. _constructor.GetParameters().Select(parameter => new InputField(parameter))];
        foreach (var field in _fields)
            AddField(new FieldType { Name = field.Name, Type = field.GraphType, Description = Documentation.Of(typeof(T).GetProperty(field.ClrName)!) });
        Field<StringGraphType>(ClientMutationId).Description(Documentation.Of(typeof(MutationInput).GetProperty(nameof(MutationInput.ClientMutationId))!));
    }

    // Left as it came: a wrong identifier is an error of the field, which the engine's coercion would bury in one of its own.
    public override object ParseDictionary(IDictionary<string, object?> value) => value;

    /// <summary>The record that an argument of this type holds.</summary>
    public T Read(IDictionary<string, object?> value)
    {
        var input = (T)_constructor.Invoke([.. _fields.Select(field => field.Read(value))]);
        input.ClientMutationId = value.TryGetValue(ClientMutationId, out var id) ? (string?)id : null;
        return input;
    }

    private sealed class InputField
    {
        private readonly Type _type;
        private readonly bool _optional;
        private readonly bool _isList;
        private readonly NodeIds? _ids;

        public InputField(ParameterInfo parameter)
        {
            ClrName = parameter.Name!;
            Name = JsonNamingPolicy.CamelCase.ConvertName(ClrName);
            _type = parameter.ParameterType;
            _optional = _type.IsGenericType && _type.GetGenericTypeDefinition() == typeof(Optional<>);
            _ids = parameter.GetCustomAttribute<GlobalIdAttribute>() is { } id ? NodeIds.For(id.TypeName, id.KeyType) : null;

            var inner = _optional ? _type.GetGenericArguments()[0] : _type;
            _isList = inner == typeof(IReadOnlyList<string>);
            var scalar = _ids is not null ? typeof(IdGraphType)
                : _isList ? typeof(ListGraphType<NonNullGraphType<StringGraphType>>)
                : Scalars.Of(inner);
            GraphType = _optional ? scalar : typeof(NonNullGraphType<>).MakeGenericType(scalar);
        }

        public string ClrName { get; }

        public string Name { get; }

        public Type GraphType { get; }

        public object? Read(IDictionary<string, object?> input)
        {
            var given = input.TryGetValue(Name, out var value);
            if (_ids is not null && value is not null)
                value = _ids.Parse((string)value);
            if (_isList && value is IEnumerable<object?> items)
                value = items.Cast<string>().ToArray();
            return _optional ? Activator.CreateInstance(_type, given, value) : value;
        }
    }
}

/// <summary>The parameter is a global identifier of this type.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class GlobalIdAttribute(string typeName, Type? keyType = null) : Attribute
{
    public string TypeName => typeName;

    /// <summary>The type of the key in it: a UUID unless it says otherwise.</summary>
    public Type KeyType => keyType ?? typeof(Guid);
}
