using System.Reflection;
using BenchmarkDotNet.Attributes;
using Lucitra.Benchmarks.Comparison;

namespace Lucitra.Benchmarks;

/// <summary>What a benchmark answers when it does its work.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AnswersAttribute(int answer) : Attribute
{
    public int Answer => answer;
}

/// <summary>Runs every benchmark once, and asks the comparison's servers once, and compares the answers, so that nothing broken is measured.</summary>
internal static class Smoke
{
    private const int Contacts = 2000;

    public static async Task<int> RunAsync()
    {
        var wrong = 0;
        foreach (var type in MicroBenchmarks.All)
        {
            var benchmarks = Activator.CreateInstance(type)!;
            await InvokeMarkedAsync<GlobalSetupAttribute>(benchmarks);
            foreach (var method in Marked<BenchmarkAttribute>(type))
            {
                var (answer, expected) = (await InvokeAsync(method, benchmarks), method.GetCustomAttribute<AnswersAttribute>()!.Answer);
                Console.WriteLine($"{type.Name}.{method.Name}: {answer}{(answer == expected ? "" : $", expected {expected}")}");
                wrong += answer == expected ? 0 : 1;
            }

            await InvokeMarkedAsync<GlobalCleanupAttribute>(benchmarks);
        }

        return await ServersAgreeAsync() && wrong == 0 ? 0 : 1;
    }

    private static async Task<bool> ServersAgreeAsync()
    {
        if (BenchDatabase.Server() is not { } server)
        {
            Console.WriteLine("The comparison's servers are not asked.");
            return true;
        }

        var output = Path.Combine(SourceTree.Root, "artifacts", "bench", "smoke.json");
        var options = new ComparisonOptions(Cases.Names, Peers.Installed, [], 0, 0, 0, [Contacts], AppContext.BaseDirectory, output, Keep: false);
        await using var arena = await Arena.OpenAsync(server, Contacts, options);
        return await ComparisonRun.AnswerAlikeAsync([arena]);
    }

    private static IEnumerable<MethodInfo> Marked<TAttribute>(Type type)
        where TAttribute : Attribute => type.GetMethods().Where(method => method.IsDefined(typeof(TAttribute)));

    private static async Task InvokeMarkedAsync<TAttribute>(object benchmarks)
        where TAttribute : Attribute
    {
        foreach (var method in Marked<TAttribute>(benchmarks.GetType()))
            await InvokeAsync(method, benchmarks);
    }

    private static async Task<int> InvokeAsync(MethodInfo method, object benchmarks)
    {
        switch (method.Invoke(benchmarks, null))
        {
            case int answer:
                return answer;
            case Task<int> answer:
                return await answer;
            case Task task:
                await task;
                return 0;
            default:
                return 0;
        }
    }
}
