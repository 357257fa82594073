using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Lucitra.Benchmarks;

/// <summary>What a benchmark answers when it does its work.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AnswersAttribute(int answer) : Attribute
{
    public int Answer => answer;
}

/// <summary>Runs every benchmark once and compares its answer, so that none measures something broken.</summary>
internal static class Smoke
{
    public static async Task<int> RunAsync()
    {
        var wrong = 0;
        foreach (var type in Bench.All)
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

        return wrong == 0 ? 0 : 1;
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
