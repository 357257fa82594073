using System.Data.Common;
using Grpc.Core;
using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;
using Lucitra.Webhooks.Crm;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Commands;

/// <summary>Tells an operator in a line what kept a command from doing its work, instead of a stack trace.</summary>
internal static class Failures
{
    public static Task<int> ReportAsync(Func<Task> command) => ReportAsync(async () =>
    {
        await command();
        return 0;
    });

    /// <summary>Ends with the command's own exit code where it did its work.</summary>
    public static async Task<int> ReportAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OptionsValidationException invalid)
        {
            return await FailAsync([.. invalid.Failures]);
        }
        catch (AggregateException several) when (several.InnerExceptions.All(one => one is OptionsValidationException))
        {
            return await FailAsync([.. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(invalid => invalid.Failures)]);
        }
        catch (RpcException fault)
        {
            return await FailAsync($"Pub/Sub answered {fault.StatusCode}: {fault.Status.Detail}");
        }
        catch (Exception fault) when (fault is InvalidSettingException or SchemaLockedException or HubSpotApiException or InvalidDataException or IOException or DbException or HttpRequestException
            or InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" })
        {
            return await FailAsync(fault.Message);
        }
    }

    private static async Task<int> FailAsync(params string[] reasons)
    {
        await Console.Error.WriteLineAsync($"Lucitra stopped:{string.Concat(reasons.Select(reason => $"\n  {reason}"))}");
        return 1;
    }
}
