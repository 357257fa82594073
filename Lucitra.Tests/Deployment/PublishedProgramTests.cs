using System.Reflection.PortableExecutable;
using System.Text.Json;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Deployment;

/// <summary>The program that the Dockerfile puts into the image, run as compose.yaml runs it.</summary>
public sealed class PublishedProgramTests
{
    [SkippableTheory]
    [InlineData("Lucitra.Graph.dll")]
    [InlineData("Lucitra.Webhooks.dll")]
    [InlineData("GraphQL.dll")]
    [InlineData("Microsoft.EntityFrameworkCore.dll")]
    public async Task It_is_compiled_ahead(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(await PublishedProgram.FolderAsync(), assembly)));

        Assert.NotEqual(0, file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }

    [SkippableFact]
    public async Task It_carries_its_licenses_and_its_bill_of_materials()
    {
        var folder = await PublishedProgram.FolderAsync();

        Assert.Equal(File.ReadAllText(SourceTree.Path("LICENSE")), File.ReadAllText(Path.Combine(folder, "LICENSE")));
        if (File.Exists(Path.Combine(folder, "explorer", "index.html")))
            Assert.True(File.Exists(Path.Combine(folder, "explorer", "LICENSE")));

        using var bill = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "_manifest", "spdx_2.2", "manifest.spdx.json")).AsMemory());
        var packages = bill.RootElement.GetProperty("packages").EnumerateArray().Select(one => one.GetProperty("name").GetString()).ToList();
        Assert.Contains("Npgsql", packages);
        Assert.Contains("@chillicream/bananacakepop-graphql-ide", packages);
        var files = bill.RootElement.GetProperty("files").EnumerateArray().Select(one => one.GetProperty("fileName").GetString()).ToHashSet();
        Assert.Superset(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => $"./{Path.GetRelativePath(folder, file)}")
                .Where(file => !file.StartsWith("./_manifest/", StringComparison.Ordinal))
                .ToHashSet()!,
            files!);
    }

    [SkippableFact]
    public async Task Roles_split_over_three_processes_take_a_webhook_apply_it_and_tell_a_subscriber()
    {
        var emulator = await PubSubEmulator.StartedAsync();
        await using var database = await TestDatabase.CreateEmptyAsync(TestDatabase.Postgres);
        var folder = await PublishedProgram.FolderAsync();
        var compose = ComposeFile.Read();
        var project = $"p-{Guid.CreateVersion7():n}";
        foreach (var (name, service) in compose.OwnServices.Where(service => service.Value.Command.Count > 0))
        {
            var (exitCode, output) = await LucitraServer.RunInAsync(folder, Settings(name), [.. service.Command]);
            Assert.True(exitCode == 0, $"{name}: {output}");
        }

        var starting = new[] { "webhooks", "worker", "api" }.Select(service => LucitraServer.StartAsync(Settings(service), folder)).ToList();
        await using var webhooks = await starting[0];
        await using var worker = await starting[1];
        await using var api = await starting[2];
        using var subscriber = await SocketClient.ConnectAsync(api.Address, "graphql-transport-ws", [("X-Api-Key", Settings("api")["Auth__ApiKey"]!)]);
        await subscriber.SayAsync("""{"type":"connection_init"}""");
        await subscriber.HearAsync();
        await subscriber.SubscribeAsync("1", "subscription { onContactChanged { email } }");
        await subscriber.SubscribeAsync("2", "{ __typename }");
        Assert.Equal("2", (await subscriber.HearNextAsync()).GetProperty("id").GetString());

        var posted = await LucitraServer.RunInAsync(folder, Settings("webhooks"), "webhooks", "sample", "--url", $"{webhooks.Address}webhook");

        Assert.True(posted.ExitCode == 0, posted.Output);
        var email = posted.Output.Split('(', ')').Single(part => part.Contains('@', StringComparison.Ordinal));
        Assert.Equal(email, (await subscriber.HearNextAsync()).At("payload.data.onContactChanged.email").GetString());
        Assert.Equal(0, await worker.QueuedDeliveriesAsync());

        Dictionary<string, string?> Settings(string service) => new(compose.EnvironmentOf(
            service,
            (compose.OwnServices[service].Environment["ConnectionStrings__Lucitra"], database.ConnectionString),
            ("pubsub:8085", emulator.Host)))
        {
            ["Queue__PubSub__ProjectId"] = project,
        };
    }
}
