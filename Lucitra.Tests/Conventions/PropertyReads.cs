using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Lucitra.Tests.Conventions;

/// <summary>Which properties the code of an assembly reads, by the calls in its method bodies.</summary>
internal static class PropertyReads
{
    /// <summary>The getters that are called, as <c>DeclaringType.get_Name</c>.</summary>
    public static HashSet<string> Of(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var getters = metadata.MethodDefinitions.Select(handle => (Token: MetadataTokens.GetToken(handle), Name: NameOf(metadata, metadata.GetMethodDefinition(handle))))
            .Concat(metadata.MemberReferences.Select(handle => (Token: MetadataTokens.GetToken(handle), Name: NameOf(metadata, metadata.GetMemberReference(handle)))))
            .Where(method => method.Name.Contains(".get_", StringComparison.Ordinal))
            .ToDictionary(method => method.Token, method => method.Name);

        var called = new HashSet<string>();
        foreach (var body in metadata.MethodDefinitions.Select(handle => metadata.GetMethodDefinition(handle).RelativeVirtualAddress).Where(address => address != 0))
        {
            foreach (var token in CallsIn(file.GetMethodBody(body).GetILContent()))
            {
                if (getters.TryGetValue(token, out var getter))
                    called.Add(getter);
            }
        }

        return called;
    }

    // Operands are not skipped: four bytes that happen to look like a call hardly ever name a getter.
    private static IEnumerable<int> CallsIn(ImmutableArray<byte> code)
    {
        for (var at = 0; at + 5 <= code.Length; at++)
        {
            if (code[at] is (byte)ILOpCode.Call or (byte)ILOpCode.Callvirt)
                yield return BitConverter.ToInt32(code.AsSpan(at + 1, 4));
        }
    }

    private static string NameOf(MetadataReader metadata, MethodDefinition method) =>
        $"{metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name)}.{metadata.GetString(method.Name)}";

    private static string NameOf(MetadataReader metadata, MemberReference member)
    {
        var type = member.Parent.Kind == HandleKind.TypeReference
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name)
            : "";
        return $"{type}.{metadata.GetString(member.Name)}";
    }
}
