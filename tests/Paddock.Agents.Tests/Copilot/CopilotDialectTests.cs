using Paddock.Agents.Copilot;

namespace Paddock.Agents.Tests.Copilot;

public class CopilotDialectTests
{
    private readonly CopilotDialect copilot = new();

    [Theory]
    [InlineData("x-interaction-type: conversation-user\nx-initiator: user")]
    [InlineData("x-initiator: agent")] // every call after the first of a turn
    public void Its_own_provider_is_told_by_who_began_the_turn(string headers)
    {
        var call = new RecordedCall("user-agent: OpenAI/JS 5.20.1\nx-stainless-helper-method: stream\n" + headers);

        copilot.Recognizes(call).ShouldBeTrue();
        copilot.Read(call).ShouldSatisfyAllConditions(f => f.Agent.ShouldBe("copilot"), f => f.AgentVersion.ShouldBeNull(), f => f.NativeTask.ShouldBeNull());
    }

    [Fact]
    public void Another_client_of_openais_sdk_is_not_taken_for_it() => copilot.Recognizes(new RecordedCall("user-agent: OpenAI/JS 5.20.1")).ShouldBeFalse();

    [Fact]
    public void A_used_up_budget_is_not_retried()
    {
        var dress = copilot.Dress(Refused.Budget);

        dress.Status.ShouldBeNull();
        Refused.ShouldSayThatRetryingIsUseless(dress);
    }
}
