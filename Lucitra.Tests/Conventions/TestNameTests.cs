using System.Reflection;
using System.Text.RegularExpressions;

namespace Lucitra.Tests.Conventions;

public sealed partial class TestNameTests
{
    [Fact]
    public void Tests_are_named_by_what_they_show()
    {
        var numbered =
            from type in typeof(TestNameTests).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where method.IsDefined(typeof(FactAttribute), inherit: true)
            from name in new[] { type.Name, method.Name }
            where Number().IsMatch(name)
            select $"{type.Name}.{method.Name}: a test is named by a sentence that is true when it passes; an issue's number is a comment.";

        Convention.Holds(numbered.Distinct());
    }

    [GeneratedRegex("(Issue|Bug|Ticket|Phase|Sprint|Case|Test)_?[0-9]|Issues?(Tests?)?$|^_?[0-9_]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
