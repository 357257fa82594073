using Lucitra.Graph.Commands;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Commands;

public sealed class FailuresTests
{
    [Fact]
    public async Task Wrong_settings_of_several_classes_are_reported_and_not_thrown()
    {
        await using var app = Program.Build(["--environment", "Test", "--Audit:Retention=00:00:01"]);

        Assert.Equal(1, await Failures.ReportAsync(() =>
        {
            var several = Assert.Throws<AggregateException>(app.Services.GetRequiredService<IStartupValidator>().Validate);
            throw several;
        }));
    }

    [Fact]
    public async Task A_bug_is_thrown_with_its_stack() =>
        await Assert.ThrowsAsync<AggregateException>(() => Failures.ReportAsync(() =>
            throw new AggregateException(new OptionsValidationException("", typeof(object), ["wrong"]), new InvalidOperationException())));
}
