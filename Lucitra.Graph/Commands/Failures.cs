using System.Data.Common;
using Grpc.Core;
using Lucitra.Graph.Startup;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Commands;

/// <summary>Tells an operator in a line what kept a command from doing its work, instead of a stack trace.</summary>
internal static class Failures
{
    public static async Task<int> ReportAsync(Func<Task> command)
    {
        try
        {
            await command();
            return 0;
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
        catch (Exception fault) when (fault is InvalidSettingException or IOException or DbException or HttpRequestException
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
