using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>
/// Looks before anything is taken whether Pub/Sub can be used: there is an identity, and in Development with the emulator
/// topics and subscriptions, which the emulator forgets whenever it ends.
/// </summary>
internal sealed partial class PubSubStart(
    PubSubTopology topology, GoogleAccess access, IOptions<QueueOptions> options, IHostEnvironment environment, ILogger<PubSubStart> logger)
    : IHostedService
{
    /// <summary>Throws with what to set where Pub/Sub cannot be used. Before the host starts, which would log that as a bug.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (options.Value.PubSub.EmulatorHost is not { } emulator)
            await RequireIdentityAsync();
        else if (environment.IsDevelopment())
            await SetUpAsync(emulator, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.PubSub is { Consume: PubSubConsumption.Push, Push.TrustIngress: true })
            Log.TrustsIngress(logger, PubSubModule.PushPath);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RequireIdentityAsync()
    {
        try
        {
            await access.FindAsync();
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException)
        {
            throw Refusal(
                "Queue:Provider is PubSub, and there are no Google credentials. Give the process a service account, set "
                + "GOOGLE_APPLICATION_CREDENTIALS to a file of credentials, or PUBSUB_EMULATOR_HOST to an emulator.");
        }
    }

    private async Task SetUpAsync(string emulator, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var change in (await topology.EnsureAsync(pushEndpoint: null, cancellationToken)).Changes)
                Log.SetUp(logger, change);
        }
        catch (RpcException fault)
        {
            throw Refusal($"PUBSUB_EMULATOR_HOST is '{emulator}', and no emulator answers there ({fault.StatusCode}). Start it, or set Queue__Provider to Database.");
        }
    }

    private static OptionsValidationException Refusal(string advice) => new(QueueOptions.Section, typeof(QueueOptions), [advice]);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Posts to {Path} are taken without a look at their token: Queue:PubSub:Push:TrustIngress is set")]
        public static partial void TrustsIngress(ILogger logger, string path);

        [LoggerMessage(2, LogLevel.Information, "Pub/Sub: {Change}")]
        public static partial void SetUp(ILogger logger, string change);
    }
}
