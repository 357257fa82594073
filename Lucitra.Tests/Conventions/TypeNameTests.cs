namespace Lucitra.Tests.Conventions;

public sealed class TypeNameTests
{
    /// <summary>Endings that do not say what a type does, and what to write in their place.</summary>
    private static readonly Dictionary<string, string> _emptyWords = new()
    {
        ["Manager"] = "the verb it stands for, such as MoveDealToStage",
        ["Helper"] = "the noun it helps, such as HubSpotSignature",
        ["Helpers"] = "the noun they help",
        ["Util"] = "the noun it works on",
        ["Utils"] = "the noun they work on",
        ["Processor"] = "the verb it stands for, such as UpsertContact",
        ["Base"] = "what its descendants have in common",
        ["Common"] = "what is common",
        ["Dto"] = "what it carries, such as CreateContactInput",
    };

    private static readonly string[] _allowed = ["EventProcessor"];

    [Fact]
    public void Type_names_say_what_the_type_does()
    {
        var empty =
            from type in HandWritten.AllTypes()
            let name = type.Name.Split('`')[0]
            where !_allowed.Contains(name)
            from word in _emptyWords
            where name.EndsWith(word.Key, StringComparison.Ordinal)
            select $"{HandWritten.NameOf(type)}: in place of {word.Key}, name it by {word.Value}.";

        Convention.Holds(empty);
    }
}
