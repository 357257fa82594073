using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>Makes the plan of an operation from its document and the schema.</summary>
internal sealed class ReadPlanner(IExecutionContext context)
{
    // PostgreSQL's limit for a row is 1,664.
    private const int MostColumns = 1500;

    private readonly List<PlannedField> _arguments = [];
    private Scopes _needs;
    private int _connections;
    private bool _isWhole = true;

    /// <summary>The plan; null when the operation asks for more than statements say.</summary>
    public ReadPlan? Plan()
    {
        var roots = new List<RootPlan>();
        foreach (var selected in Fields(context.Schema.Query, [context.Operation.SelectionSet]))
            roots.Add(PlanRoot(selected));
        var variables = (context.Operation.Variables?.Items ?? []).ConvertAll(definition => new PlannedVariable(definition, definition.Type.GraphTypeFromType(context.Schema)!));
        return !_isWhole ? null : new ReadPlan
        {
            Roots = [.. roots],
            Variables = variables,
            VariableUses = VariableUses.In(context),
            Arguments = _arguments,
            Connections = _connections,
            Needs = _needs,
        };
    }

    private RootPlan PlanRoot(Selected selected)
    {
        switch (selected.Field?.Read())
        {
            case PageRead { Link: null } page:
                return new PageRootPlan(selected.Name, PlanConnection(selected, EntityOf(page.Entity)));
            case KeyRead read:
                var entity = EntityOf(read.Entity);
                _needs |= entity.DeclaredAccess()?.Scopes ?? Scopes.All;
                return new ObjectRootPlan(selected.Name, selected.Planned, entity, PlanObject(entity, selected, new Places { Next = 1 }));
            default:
                if (selected.Field is not null)
                    _isWhole = false;
                return new TypeNameRootPlan(selected.Name, selected.Parent.Name);
        }
    }

    private ObjectPlan PlanObject(EntityType entity, Selected selected, Places places) =>
        new([.. Fields(entity, selected.SelectionSets).Select(field => PlanField(entity, field, places))]);

    private FieldPlan PlanField(EntityType entity, Selected selected, Places places)
    {
        switch (selected.Field?.Read())
        {
            case ColumnRead { Column: var column } when ColumnJson.Of(column) is { } write:
                return new ColumnPlan(selected.Name, column, write, places.Take());
            case ReferenceRead { Link: var link }:
                var target = EntityOf(link.Target);
                var place = places.Take();
                return new ReferencePlan(selected.Name, link, target.Key, place, PlanObject(target, selected, places));
            case PageRead { Link: { } link }:
                var page = PlanConnection(selected, EntityOf(link.Target));
                return new ListPlan(selected.Name, link, page, page.ReadsRows ? places.Take() : -1, page.CountsTotal ? places.Take() : -1);
            default:
                if (selected.Field is not null)
                    _isWhole = false;
                return new TypeNamePlan(selected.Name, entity.Name);
        }
    }

    private ConnectionPlan PlanConnection(Selected selected, EntityType entity)
    {
        var (number, places, lists) = (_connections++, new Places(), 0);
        var type = (IObjectGraphType)selected.Field!.ResolvedType!.GetNamedType();
        var members = Fields(type, selected.SelectionSets).Select(ConnectionMember (member) => member.FieldName switch
        {
            "nodes" => new RowsMember(member.Name, new NodePlan(PlanObject(entity, member, places)), lists++),
            "edges" => new RowsMember(member.Name, PlanEdge(entity, member, places), lists++),
            "pageInfo" => new PageInfoMember(member.Name, [.. Fields(TypeOf(member), member.SelectionSets).Select(PlanPart)]),
            "totalCount" => new TotalMember(member.Name),
            _ => new TypeNameMember(member.Name, type.Name),
        }).ToArray();
        if (places.Next > MostColumns)
            _isWhole = false;
        return new ConnectionPlan(number, selected.Planned, entity, members);
    }

    private EdgePlan PlanEdge(EntityType entity, Selected selected, Places places)
    {
        var type = TypeOf(selected);
        return new EdgePlan([.. Fields(type, selected.SelectionSets).Select(part => new EdgePart(
            JsonEncodedText.Encode(part.Name),
            part.FieldName == "node" ? PlanObject(entity, part, places) : null,
            part.Field is null ? type.Name : null))]);
    }

    private static ConnectionMember PlanPart(Selected part) =>
        PagePartMember.Of(part.Name, part.FieldName) ?? (ConnectionMember)new TypeNameMember(part.Name, part.Parent.Name);

    /// <summary>The fields that are selected on an object, those of one name in the answer as one.</summary>
    private List<Selected> Fields(IObjectGraphType type, IEnumerable<GraphQLSelectionSet?> selectionSets)
    {
        var fields = new OrderedDictionary<string, Selected>();
        foreach (var selectionSet in selectionSets)
            Collect(type, selectionSet, fields);
        return [.. fields.Values];
    }

    private void Collect(IObjectGraphType type, GraphQLSelectionSet? selectionSet, OrderedDictionary<string, Selected> fields)
    {
        foreach (var selection in selectionSet?.Selections ?? [])
        {
            // What is skipped depends on the variables.
            if (((IHasDirectivesNode)selection).Directives is { Count: > 0 })
                _isWhole = false;
            switch (selection)
            {
                case GraphQLField field:
                    Add(type, field, fields);
                    break;
                case GraphQLInlineFragment inline when IsOn(type, inline.TypeCondition):
                    Collect(type, inline.SelectionSet, fields);
                    break;
                case GraphQLFragmentSpread spread when context.Document.FindFragmentDefinition(spread.FragmentName.Name) is { } fragment && IsOn(type, fragment.TypeCondition):
                    Collect(type, fragment.SelectionSet, fields);
                    break;
            }
        }
    }

    private void Add(IObjectGraphType type, GraphQLField field, OrderedDictionary<string, Selected> fields)
    {
        var name = (field.Alias?.Name ?? field.Name).StringValue;
        if (field.Arguments is { Count: > 0 } && type.Fields.Find(field.Name.Value) is { } withArguments)
        {
            _arguments.Add(new PlannedField(type, withArguments, field));
            _isWhole &= withArguments.ValidateArguments is null;
        }

        if (fields.TryGetValue(name, out var known))
        {
            known.SelectionSets.Add(field.SelectionSet);
            return;
        }

        var definition = field.Name.StringValue == "__typename" ? null : type.Fields.Find(field.Name.Value);
        if (definition is null && field.Name.StringValue != "__typename")
            _isWhole = false;
        if (definition is not null)
            _needs |= GuardedResolver.NeedsOf(definition.Resolver);
        fields.Add(name, new Selected(name, type, definition, field, [field.SelectionSet]));
    }

    private static bool IsOn(IObjectGraphType type, GraphQLTypeCondition? condition)
    {
        var name = condition?.Type.Name.StringValue;
        return name is null || name == type.Name || type.ResolvedInterfaces.Any(implemented => implemented.Name == name);
    }

    private EntityType EntityOf(Type entity) => (EntityType)context.Schema.AllTypes[entity.Name]!;

    private static IObjectGraphType TypeOf(Selected selected) => (IObjectGraphType)selected.Field!.ResolvedType!.GetNamedType();

    /// <summary>A field that is selected; without a definition, the name of the type.</summary>
    private sealed record Selected(string Name, IObjectGraphType Parent, FieldType? Field, GraphQLField Ast, List<GraphQLSelectionSet?> SelectionSets)
    {
        public string FieldName => Field?.Name ?? "";

        public PlannedField Planned => new(Parent, Field!, Ast);
    }

    /// <summary>The places in the list of columns of one query.</summary>
    private sealed class Places
    {
        public int Next { get; set; }

        public int Take() => Next++;
    }
}
