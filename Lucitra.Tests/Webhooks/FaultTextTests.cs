using Lucitra.Webhooks;

namespace Lucitra.Tests.Webhooks;

public sealed class FaultTextTests
{
    [Fact]
    public void A_fault_is_told_without_its_message()
    {
        var fault = new InvalidOperationException("ana@example.com", new FormatException("ana@example.com"));

        Assert.Equal("InvalidOperationException, caused by FormatException", FaultText.Of(fault));
    }
}
