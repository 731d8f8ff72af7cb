using Paddock.Agents.OpenCode;

namespace Paddock.Agents.Tests.OpenCode;

public class OpenCodeDialectTests
{
    private const string Recorded = """
        Content-Type: application/json
        User-Agent: opencode/1.18.33 ai-sdk/provider-utils/4.0.23 runtime/bun/1.3.14
        x-session-affinity: ses_df619ca51ffe7Nhgt95BqfLCct
        x-session-id: ses_df619ca51ffe7Nhgt95BqfLCct
        """;

    private readonly OpenCodeDialect opencode = new();

    [Fact]
    public void Its_call_tells_version_and_session()
    {
        var call = new RecordedCall(Recorded);

        opencode.Recognizes(call).ShouldBeTrue();
        opencode.Read(call).ShouldSatisfyAllConditions(f => f.Agent.ShouldBe("opencode"), f => f.AgentVersion.ShouldBe("1.18.33"), f => f.NativeTask.ShouldBe("ses_df619ca51ffe7Nhgt95BqfLCct"), f => f.ParentTask.ShouldBeNull());
    }

    [Fact]
    public void A_sub_agents_session_names_its_parent() => opencode.Read(new RecordedCall(Recorded + "\nx-parent-session-id: ses_root")).ParentTask.ShouldBe("ses_root");

    [Fact]
    public void A_used_up_budget_is_payment_required_because_it_retries_every_429() => opencode.Dress(Refused.Budget).Status.ShouldBe(402);

    [Fact]
    public void A_refused_model_keeps_its_status() => opencode.Dress(Refused.Model).Status.ShouldBeNull();
}
