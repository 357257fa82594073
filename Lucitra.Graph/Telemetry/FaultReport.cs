using System.Text;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Telemetry;

/// <summary>
/// An exception in the form that .NET prints and Error Reporting groups, with the types and codes of all causes in place of
/// their messages, which may quote the data of a person.
/// </summary>
internal static class FaultReport
{
    // Cloud Logging takes 256 KiB an entry.
    private const int Longest = 32_000;

    public static string Of(Exception fault)
    {
        var report = new StringBuilder();
        Append(report, fault);
        return report.Length <= Longest ? report.ToString() : report.ToString(0, Longest);
    }

    /// <summary>Stands for the message of an exception.</summary>
    public static string MessageOf(Exception fault) => $"[message withheld] {FaultText.Of(fault)}";

    private static void Append(StringBuilder report, Exception fault)
    {
        report.Append(fault.GetType().FullName).Append(": ").Append(MessageOf(fault));
        if (fault.InnerException is { } cause)
        {
            report.Append("\n ---> ");
            Append(report, cause);
            report.Append("\n   --- End of inner exception stack trace ---");
        }

        if (fault.StackTrace is { } stack)
            report.Append('\n').Append(stack);
    }
}
