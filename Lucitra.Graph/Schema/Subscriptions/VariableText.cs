using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lucitra.Graph.Schema.Subscriptions;

/// <summary>The variables of a request as one text: where the texts are equal, so are the variables.</summary>
internal static class VariableText
{
    public static string Of(IReadOnlyDictionary<string, object?>? variables, string? except)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in variables ?? new Dictionary<string, object?>())
        {
            if (name != except)
                AppendMember(text, name, value);
        }

        return text.ToString();
    }

    private static void AppendMember(StringBuilder text, string name, object? value)
    {
        Append(text, name);
        text.Append(':');
        Append(text, value);
        text.Append(',');
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string characters:
                text.Append('"').Append(JsonEncodedText.Encode(characters)).Append('"');
                break;
            case IFormattable number:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary<string, object?> members:
                text.Append('{');
                foreach (var (name, member) in members)
                    AppendMember(text, name, member);
                text.Append('}');
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items)
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(value);
                break;
        }
    }
}
