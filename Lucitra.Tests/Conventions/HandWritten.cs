using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;
using Lucitra.Webhooks;

namespace Lucitra.Tests.Conventions;

/// <summary>The types that somebody wrote, without what compilers and tools made.</summary>
internal static class HandWritten
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static Assembly Graph { get; } = typeof(Program).Assembly;

    public static Assembly Webhooks { get; } = typeof(HubSpotEvent).Assembly;

    public static IEnumerable<Type> ProductTypes() => TypesOf(Graph).Concat(TypesOf(Webhooks));

    public static IEnumerable<Type> AllTypes() => ProductTypes().Concat(TypesOf(typeof(HandWritten).Assembly));

    /// <summary>The name as written: without arity, outer types first.</summary>
    public static string NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.DeclaringType is { } outer ? $"{NameOf(outer)}.{name}" : name;
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly) =>
        assembly.GetTypes().Where(type =>
            type.Namespace?.StartsWith("Lucitra", StringComparison.Ordinal) == true
            && !type.Namespace.Contains(".Migrations", StringComparison.Ordinal)
            && !IsGenerated(type));

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || GeneratedBy(type) is not null
        // The compilers of .proto files mark members, not types.
        || type.GetMembers(Everything).Any(member => GeneratedBy(member) is "protoc" or "grpc_csharp_plugin")
        || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static string? GeneratedBy(MemberInfo member) => member.GetCustomAttribute<GeneratedCodeAttribute>(inherit: false)?.Tool;
}
