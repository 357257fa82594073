using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace Lucitra.Graph.Schema;

/// <summary>The XML documentation of this assembly, which is also what the schema says about itself.</summary>
internal static class Documentation
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, string>> _summaries = new();

    public static string? Of(Type type) => Summaries(type).GetValueOrDefault($"T:{type.FullName}");

    public static string? Of(PropertyInfo property) =>
        Summaries(property.DeclaringType!).GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}");

    public static string? Of(FieldInfo value) =>
        Summaries(value.DeclaringType!).GetValueOrDefault($"F:{value.DeclaringType!.FullName}.{value.Name}");

    private static Dictionary<string, string> Summaries(Type type) => _summaries.GetOrAdd(type.Assembly, Read);

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(file))
            throw new FileNotFoundException($"{file} is missing. The schema takes its descriptions from it: copy it along with the program.");

        return XDocument.Load(file)
            .Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!));
    }

    private static string Text(XElement summary) =>
        string.Join(' ', string.Concat(summary.Nodes().Select(Text)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")?.Value.Split('.')[^1] ?? see.Value}`",
        XElement element => element.Value,
        _ => "",
    };
}
