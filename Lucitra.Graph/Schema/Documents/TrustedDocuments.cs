using System.Text.Json;
using Lucitra.Graph.Startup;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>The documents that were known when the server started, by the ids that clients name them by.</summary>
internal sealed class TrustedDocuments
{
    private readonly Dictionary<string, string> _byId = new(StringComparer.Ordinal);
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    public TrustedDocuments(IOptions<GraphQLOptions> options, IHostEnvironment environment)
    {
        (Mode, var folder) = (options.Value.TrustedDocuments.Mode, options.Value.TrustedDocuments.Folder);
        if (Mode == TrustMode.Off)
            return;
        if (!string.IsNullOrEmpty(folder))
            Read(Path.Combine(environment.ContentRootPath, folder));
        if (Mode == TrustMode.Enforce && _byId.Count == 0)
        {
            throw new InvalidSettingException(
                "GraphQL:TrustedDocuments:Mode is Enforce, and GraphQL:TrustedDocuments:Folder holds no document.");
        }
    }

    public TrustMode Mode { get; }

    public IReadOnlyDictionary<string, string> All => _byId;

    public string? Find(string id) => _byId.GetValueOrDefault(id);

    public bool Contains(string text) => _texts.Contains(text);

    private void Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InvalidSettingException($"GraphQL:TrustedDocuments:Folder names {folder}, which does not exist.");
        foreach (var file in Directory.EnumerateFiles(folder, "*.graphql"))
            Add(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file));
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
            ReadManifest(file);
    }

    private void ReadManifest(string file)
    {
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(file));
            if (manifest.RootElement.TryGetProperty("operations", out var operations) && operations.ValueKind == JsonValueKind.Array)
            {
                foreach (var operation in operations.EnumerateArray())
                    Add(operation.GetProperty("id").GetString()!, operation.GetProperty("body").GetString()!);
                return;
            }

            foreach (var document in manifest.RootElement.EnumerateObject())
                Add(document.Name, document.Value.GetString()!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidSettingException($"{file} is no manifest of trusted documents: {e.Message}");
        }
    }

    private void Add(string id, string text)
    {
        if (_byId.TryGetValue(id, out var other) && other != text)
            throw new InvalidSettingException($"GraphQL:TrustedDocuments:Folder holds two documents with the id {id}.");

        _byId[id] = text;
        _texts.Add(text);
    }
}
