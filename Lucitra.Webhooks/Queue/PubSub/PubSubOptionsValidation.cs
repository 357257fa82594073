using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>Refuses settings with which Pub/Sub could not be used, and names the setting to change.</summary>
internal sealed partial class PubSubOptionsValidation(IHostEnvironment environment) : IValidateOptions<QueueOptions>
{
    public ValidateOptionsResult Validate(string? name, QueueOptions options)
    {
        if (options.Provider != QueueProvider.PubSub)
            return ValidateOptionsResult.Success;

        var failures = Failures(options.PubSub).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Failures(PubSubOptions options)
    {
        if (string.IsNullOrEmpty(options.ProjectId))
        {
            yield return "Queue:PubSub:ProjectId is empty. Set Queue__PubSub__ProjectId or GOOGLE_CLOUD_PROJECT to the Google Cloud "
                + "project of the topic.";
        }

        if (environment.IsProduction() && options.EmulatorHost is not null)
        {
            yield return "PUBSUB_EMULATOR_HOST is set in Production, where the emulator would lose what it acknowledged. Remove it, "
                + "or set Queue__Provider to Database.";
        }

        foreach (var (setting, id) in new[]
        {
            (nameof(options.Topic), options.Topic),
            (nameof(options.Subscription), options.Subscription),
            (nameof(options.DeadLetterTopic), options.DeadLetterTopic),
            (nameof(options.DeadLetterSubscription), options.DeadLetterSubscription),
        })
        {
            if (!ResourceId().IsMatch(id))
            {
                yield return $"Queue:PubSub:{setting} is '{id}'. Set Queue__PubSub__{setting} to 3 to 255 letters, digits and -_.~+%, "
                    + "the first a letter and not the word goog.";
            }
        }
    }

    [GeneratedRegex("^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$", RegexOptions.CultureInvariant)]
    private static partial Regex ResourceId();
}
