using Paddock.Agents.ClaudeCode;
using Paddock.Core.Agents;
using Paddock.Core.Policies;

namespace Paddock.Agents.Tests.ClaudeCode;

public class ClaudeCodeDialectTests
{
    private const string SubAgent = """
        user-agent: claude-cli/2.1.195 (external, cli)
        anthropic-version: 2023-06-01
        anthropic-beta: claude-code-20250219,interleaved-thinking-2025-05-14
        x-claude-code-session-id: 5c1b7e0a-8f0e-4a2f-9d51-1f0c7f0e9a11
        x-claude-code-agent-id: agent-2
        x-claude-code-parent-agent-id: agent-1
        """;

    private readonly ClaudeCodeDialect claude = new();

    [Fact]
    public void A_sub_agents_call_belongs_to_its_sessions_task()
    {
        var call = new RecordedCall(SubAgent);

        claude.Recognizes(call).ShouldBeTrue();
        claude.Read(call).ShouldSatisfyAllConditions(
            f => f.Agent.ShouldBe("claude-code"),
            f => f.AgentVersion.ShouldBe("2.1.195"),
            f => f.NativeTask.ShouldBe("5c1b7e0a-8f0e-4a2f-9d51-1f0c7f0e9a11"),
            f => f.ParentTask.ShouldBeNull());
    }

    [Theory]
    [InlineData("""{"user_id":"user_ab12_account_cd34_session_5c1b7e0a-8f0e-4a2f-9d51-1f0c7f0e9a11"}""", "5c1b7e0a-8f0e-4a2f-9d51-1f0c7f0e9a11")]
    [InlineData("""{"user_id":"{\"device_id\":\"d\",\"session_id\":\"s-7\"}"}""", "s-7")]
    [InlineData("""{"user_id":"user_ab12"}""", null)]
    [InlineData("""{"user_id":"x_session_"}""", null)]
    [InlineData("""{"user_id":7}""", null)]
    [InlineData("""{"user_id":"a_session_1","user_id":"a_session_2"}""", null)]
    [InlineData("""["user_id"]""", null)]
    public void Without_the_header_the_session_is_read_from_the_metadata(string metadata, string? session) =>
        claude.Read(RecordedCall.With("user-agent: claude-cli/1.0.3", BodyPart.Metadata, metadata)).NativeTask.ShouldBe(session);

    [Fact]
    public void A_used_up_budget_is_a_billing_error_that_is_not_retried()
    {
        var dress = claude.Dress(Refused.Budget);

        dress.Status.ShouldBe(429);
        dress.ErrorType.ShouldBe("billing_error");
        dress.AsTurn.ShouldBeFalse();
        Refused.ShouldSayThatRetryingIsUseless(dress);
    }

    [Fact]
    public void A_refused_model_keeps_its_error_and_is_not_retried()
    {
        var dress = claude.Dress(Refused.Model);

        dress.ErrorType.ShouldBeNull();
        Refused.ShouldSayThatRetryingIsUseless(dress);
    }

    [Fact]
    public void A_failed_provider_is_retried() => claude.Dress(Refused.Upstream).ShouldBe(RefusalDress.Plain);

    [Fact]
    public void Another_client_of_anthropics_sdk_is_not_taken_for_it() => claude.Recognizes(new RecordedCall("user-agent: Anthropic/JS 0.60.0\nanthropic-version: 2023-06-01")).ShouldBeFalse();
}
