using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>Refuses a worker that could not tell who pushes to it.</summary>
internal sealed class PushOptionsValidation : IValidateOptions<QueueOptions>
{
    public ValidateOptionsResult Validate(string? name, QueueOptions options)
    {
        var push = options.PubSub.Push;
        if (options.Provider != QueueProvider.PubSub || options.PubSub.Consume != PubSubConsumption.Push || push.TrustIngress)
            return ValidateOptionsResult.Success;

        var failures = new List<string>();
        if (push.Audience.Length == 0)
        {
            failures.Add(
                "Queue:PubSub:Push:Audience is empty. Set Queue__PubSub__Push__Audience to the audience of the push subscription's "
                + "token, or Queue__PubSub__Push__TrustIngress to true where nothing but Pub/Sub reaches the worker.");
        }

        if (push.ServiceAccountEmail.Length == 0)
        {
            failures.Add(
                "Queue:PubSub:Push:ServiceAccountEmail is empty. Set Queue__PubSub__Push__ServiceAccountEmail to the service account "
                + "of the push subscription's token.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
