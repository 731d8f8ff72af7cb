using Paddock.Agents.Continue;

namespace Paddock.Agents.Tests.Continue;

public class ContinueDialectTests
{
    private readonly ContinueDialect continues = new();

    [Fact]
    public void It_cannot_be_told_from_any_other_client_of_openais_sdk()
    {
        var call = new RecordedCall("user-agent: ls/JS 5.23.2\nx-stainless-lang: js\nx-stainless-package-version: 5.23.2");

        continues.Recognizes(call).ShouldBeFalse();
        continues.Read(call).Agent.ShouldBe("continue");
    }

    [Fact]
    public void A_used_up_budget_is_payment_required_because_it_retries_every_429() => continues.Dress(Refused.Budget).Status.ShouldBe(402);
}
