using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Paging;
using Lucitra.Graph.Schema.Statements;

namespace Lucitra.Graph.Schema;

/// <summary>An entity's object type, where its CLR type is not known at compile time.</summary>
internal abstract class EntityType : ObjectGraphType
{
    public EntityColumn Key { get; protected set; } = null!;

    /// <summary>The entity.</summary>
    public abstract Type ClrType { get; }

    /// <summary>The object with this key, read together with all others that the same field of the same request asks for; null when there is none.</summary>
    public IDataLoaderResult Load(IResolveFieldContext context, object key)
    {
        // The way here may have been an interface, whose guard cannot know the type.
        AccessGuard.CheckType(context, this);
        return Read(context, key);
    }

    protected abstract IDataLoaderResult Read(IResolveFieldContext context, object key);
}

/// <summary>
/// An object type over an entity. A slice defines key, columns, references and lists once; from them come the object's
/// fields, its filter and sort inputs, projection and batched reads. Descriptions are the entity's XML documentation.
/// </summary>
internal sealed class EntityType<T> : EntityType
    where T : class
{
    private readonly EntityReader _reader;
    private readonly Dictionary<string, IReadOnlyList<PropertyInfo>> _members = [];
    private readonly List<EntityColumn> _columns = [];
    private readonly List<EntityLink> _references = [];
    private readonly List<EntityLink> _lists = [];

    public EntityType(EntityReader reader, IEntityDefinition<T> definition)
    {
        _reader = reader;
        Name = typeof(T).Name;
        Description = Documentation.Of(typeof(T));
        IsTypeOf = source => source is T;
        Interface<NodeType>();
        definition.Define(this);
    }

    public override Type ClrType => typeof(T);

    public IReadOnlyList<EntityColumn> Columns => _columns;

    public IReadOnlyList<EntityLink> References => _references;

    public IReadOnlyList<EntityLink> Lists => _lists;

    /// <summary>What an unfiltered list leaves out; null: nothing.</summary>
    public Hidden<T>? Default { get; private set; }

    /// <summary>What filters and sorts find by name, when the type has such values.</summary>
    public NamedValues? Named { get; private set; }

    /// <summary>The properties that answer the given fields, the key always among them.</summary>
    public IReadOnlySet<PropertyInfo> MembersOf(IEnumerable<string> fields)
    {
        var members = new HashSet<PropertyInfo> { Key.Member };
        foreach (var field in fields)
            members.UnionWith(_members.GetValueOrDefault(field, []));
        return members;
    }

    protected override IDataLoaderResult Read(IResolveFieldContext context, object key) => _reader.ById(context, this, key);

    /// <summary>The global identifier.</summary>
    public void Identified<TKey>(Expression<Func<T, TKey>> member)
    {
        var read = member.Compile();
        Key = new EntityColumn("id", PropertyOf(member), source => read((T)source), Nullable: false, NodeIds.For(Name, typeof(TKey)));
        Add(Key, typeof(NonNullGraphType<IdGraphType>), source => Key.Ids!.Encode(Key.Read(source)!),
            "The global identifier, opaque; `node(id:)` finds the object by it.");
    }

    /// <summary>A column: readable, filterable and sortable.</summary>
    /// <param name="member">The property.</param>
    /// <param name="name">Its GraphQL name, where it is not the property's.</param>
    /// <param name="masked">Callers without these scopes read <see cref="Masking.Text"/>, and may neither filter nor sort by it.</param>
    public void Column<TValue>(Expression<Func<T, TValue>> member, string? name = null, Scopes masked = Scopes.None)
    {
        var property = PropertyOf(member);
        var read = member.Compile();
        var column = new EntityColumn(name ?? NameOf(property), property, source => read((T)source), Scalars.IsNullable(property), Ids: null, masked);
        Add(column, Scalars.OutputOf(property), column.Read, Documentation.Of(property));
    }

    /// <summary>One other entity, read for all objects of a level in one statement.</summary>
    public void Reference<TTarget>(Expression<Func<T, TTarget?>> member)
        where TTarget : class
    {
        var link = new EntityLink(NameOf(PropertyOf(member)), PropertyOf(member), typeof(TTarget));
        _references.Add(link);
        AddField(new FieldType
        {
            Name = link.Name,
            Description = Documentation.Of(link.Member),
            Type = typeof(EntityType<TTarget>),
            Resolver = new FuncFieldResolver<IDataLoaderResult>(context => _reader.Reference<T, TTarget>(context, link)),
        }.Reads(new ReferenceRead(link)));
    }

    /// <summary>A connection to many other entities, read for all objects of a level in one statement.</summary>
    public void List<TItem>(Expression<Func<T, IEnumerable<TItem>>> member)
        where TItem : class
    {
        var link = new EntityLink(NameOf(PropertyOf(member)), PropertyOf(member), typeof(TItem));
        _lists.Add(link);
        AddField(ConnectionField.Of<TItem>(
            link.Name,
            $"{Name}{char.ToUpperInvariant(link.Name[0])}{link.Name[1..]}",
            Documentation.Of(link.Member),
            new FuncFieldResolver<IDataLoaderResult>(context => _reader.Connection<T, TItem>(context, link))).Reads(new PageRead(typeof(TItem), link)));
    }

    /// <summary>A field worked out from other columns.</summary>
    public void Computed(FieldType field, Func<IResolveFieldContext, T, object?> resolve, params Expression<Func<T, object?>>[] from)
    {
        _members[field.Name] = Array.ConvertAll(from, PropertyOf);
        field.Resolver = new FuncFieldResolver<object?>(context => resolve(context, (T)context.Source!));
        AddField(field);
    }

    public void FindsByName(NamedValues values) => Named = values;

    /// <summary>Lists leave out what has a value in this column, unless a filter mentions the column.</summary>
    public void HiddenWhereSet<TValue>(Expression<Func<T, TValue>> member)
    {
        var isNull = Expression.Equal(member.Body, Expression.Constant(null, typeof(TValue)));
        Default = new(PropertyOf(member), Expression.Lambda<Func<T, bool>>(isNull, member.Parameters), NameOf(PropertyOf(member)));
    }

    private static PropertyInfo PropertyOf<TValue>(Expression<Func<T, TValue>> member) =>
        (member.Body is UnaryExpression convert ? convert.Operand : member.Body) is MemberExpression { Member: PropertyInfo property }
            ? property
            : throw new ArgumentException($"{member} names no property of {typeof(T).Name}.");

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private void Add(EntityColumn column, Type graphType, Func<object, object?> read, string? description)
    {
        _columns.Add(column);
        _members[column.Name] = [column.Member];
        AddField(new FieldType
        {
            Name = column.Name,
            Description = description,
            Type = graphType,
            Resolver = new FuncFieldResolver<object?>(context => read(context.Source!)),
        }.MaskedWithout(column.Scopes).Reads(new ColumnRead(column)));
    }
}

/// <summary>What an unfiltered list of an entity leaves out.</summary>
/// <param name="WhereSet">Objects with a value here.</param>
/// <param name="Shown">The condition on all others.</param>
/// <param name="LiftedBy">The column whose mention in a filter shows them.</param>
internal sealed record Hidden<T>(PropertyInfo WhereSet, Expression<Func<T, bool>> Shown, string LiftedBy);
