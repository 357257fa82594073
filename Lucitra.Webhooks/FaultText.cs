using System.Data.Common;

namespace Lucitra.Webhooks;

/// <summary>What may be kept and logged about an exception: its types and codes. Its message may quote the payload.</summary>
public static class FaultText
{
    public static string Of(Exception fault)
    {
        var causes = new List<string>();
        for (var cause = fault; cause is not null; cause = cause.InnerException)
            causes.Add(cause is DbException { SqlState: { } code } ? $"{cause.GetType().Name} ({code})" : cause.GetType().Name);
        return string.Join(", caused by ", causes);
    }
}
