using System.Text.Json;
using Lucitra.Twin.State;

namespace Lucitra.Twin.Api;

/// <summary>A value that a property does not take.</summary>
internal sealed record InvalidValue(string Name, string Code, string Text)
{
    public string Message(long portalId) =>
        $$"""Property values were not valid: [{"isValid":false,"message":{{Quoted(Text)}},"error":"{{Code}}","name":{{Quoted(Name)}},"localizedErrorMessage":{{Quoted(Text)}},"portalId":{{portalId}}}]""";

    private static string Quoted(string text) => JsonSerializer.Serialize(text, JsonSerializerOptions.Web).Replace("\\u0022", "\\\"", StringComparison.Ordinal);
}

/// <summary>The values of a write, held to the definitions of the properties.</summary>
internal static class WriteValues
{
    public static (Dictionary<string, string> Values, InvalidValue? Invalid) Read(ObjectType type, JsonElement properties, CrmRecord? record)
    {
        var values = new Dictionary<string, string>();
        foreach (var member in properties.EnumerateObject())
        {
            if (!PropertyDefinition.Of(type).TryGetValue(member.Name, out var definition))
                return (values, new InvalidValue(member.Name, "PROPERTY_DOESNT_EXIST", $"Property \"{member.Name}\" does not exist"));
            if (definition.ReadOnly)
                return (values, new InvalidValue(member.Name, "READ_ONLY_VALUE", $"\"{member.Name}\" is a read only property; its value cannot be set."));
            var (text, error) = ValueText.Read(definition, member.Value.ToString());
            if (error is not null)
                return (values, new InvalidValue(member.Name, error, $"The value of \"{member.Name}\" was not valid"));
            if (!IsStepBack(definition, record, text!))
                values[member.Name] = text!;
        }

        return (values, null);
    }

    // The API moves a lifecycle stage forward only and says nothing when it does not.
    private static bool IsStepBack(PropertyDefinition definition, CrmRecord? record, string text)
    {
        if (definition.Name != "lifecyclestage" || record?["lifecyclestage"] is not { } present || text.Length == 0)
            return false;
        var stages = definition.Options.ToList();
        return stages.IndexOf(text) < stages.IndexOf(present);
    }
}
