using GraphQL;
using GraphQL.Types;

namespace Lucitra.Graph.Schema;

/// <summary>The scalar Decimal.</summary>
internal sealed class DecimalType : DecimalGraphType
{
    public DecimalType()
    {
        Name = "Decimal";
        Description = "An exact decimal number of up to 28 digits.";
        this.ApplyDirective(SpecifiedByDirective.DirectiveName, SpecifiedByDirective.Url, "https://scalars.graphql.org/chillicream/decimal.html");
    }
}

/// <summary>The scalar Long.</summary>
internal sealed class LongType : LongGraphType
{
    public LongType()
    {
        Name = "Long";
        Description = "A whole number from -2^63 to 2^63 - 1.";
        this.ApplyDirective(SpecifiedByDirective.DirectiveName, SpecifiedByDirective.Url, "https://scalars.graphql.org/chillicream/long.html");
    }
}
