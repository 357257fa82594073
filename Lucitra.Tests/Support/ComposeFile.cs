using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Lucitra.Tests.Support;

/// <summary>compose.yaml, as far as the tests start what it says.</summary>
internal sealed class ComposeFile
{
    private ComposeFile(IReadOnlyDictionary<string, ComposeService> services) => OwnServices = services;

    /// <summary>The services that run the server's image.</summary>
    public IReadOnlyDictionary<string, ComposeService> OwnServices { get; }

    public static ComposeFile Read()
    {
        using var text = new StreamReader(SourceTree.Path("compose.yaml"));
        var parser = new MergingParser(new Parser(text));
        parser.Consume<StreamStart>();
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parser);
        return new ComposeFile(Map(file["services"])
            .Where(service => "lucitra".Equals(Map(service.Value).GetValueOrDefault("image")))
            .ToDictionary(service => service.Key, service => ServiceOf(Map(service.Value))));
    }

    /// <summary>The environment of a service where its neighbours are elsewhere.</summary>
    public Dictionary<string, string?> EnvironmentOf(string service, params IEnumerable<(string Address, string Elsewhere)> neighbours) =>
        OwnServices[service].Environment.ToDictionary(
            setting => setting.Key,
            setting => (string?)neighbours.Aggregate(setting.Value, (value, neighbour) => value.Replace(neighbour.Address, neighbour.Elsewhere, StringComparison.Ordinal)));

    private static ComposeService ServiceOf(Dictionary<string, object> service) => new(
        service.GetValueOrDefault("command") is List<object> command ? command.ConvertAll(word => (string)word) : [],
        Map(service["environment"]).ToDictionary(setting => setting.Key, setting => (string)setting.Value));

    private static Dictionary<string, object> Map(object node) => ((Dictionary<object, object>)node).ToDictionary(entry => (string)entry.Key, entry => entry.Value);
}

/// <summary>One service of compose.yaml.</summary>
internal sealed record ComposeService(List<string> Command, IReadOnlyDictionary<string, string> Environment);
