using Paddock.Agents.Cline;

namespace Paddock.Agents.Tests.Cline;

public class ClineDialectTests
{
    private readonly ClineDialect cline = new();

    [Fact]
    public void Its_own_provider_tells_version_and_task()
    {
        var call = new RecordedCall("x-task-id: 1795462480448\nx-client-type: cline-cli\nx-client-version: 3.0.65\nx-core-version: 3.0.65\nx-platform: linux\nuser-agent: Cline/3.0.65");

        cline.Recognizes(call).ShouldBeTrue();
        cline.Read(call).ShouldSatisfyAllConditions(f => f.Agent.ShouldBe("cline"), f => f.AgentVersion.ShouldBe("3.0.65"), f => f.NativeTask.ShouldBe("1795462480448"));
    }

    [Fact]
    public void Its_openai_compatible_provider_looks_like_any_client_of_the_sdk()
    {
        var call = new RecordedCall("User-Agent: ai-sdk/openai-compatible/3.0.37 ai-sdk/provider-utils/5.0.30 runtime/bun/1.3.13");

        cline.Recognizes(call).ShouldBeFalse();
        // Named by its key or by X-Paddock-Agent it is read all the same.
        cline.Read(call).ShouldSatisfyAllConditions(f => f.Agent.ShouldBe("cline"), f => f.AgentVersion.ShouldBeNull(), f => f.NativeTask.ShouldBeNull());
    }

    [Fact]
    public void A_used_up_budget_is_payment_required_because_it_retries_every_429()
    {
        var dress = cline.Dress(Refused.Budget);

        dress.Status.ShouldBe(402);
        Refused.ShouldSayThatRetryingIsUseless(dress);
    }
}
