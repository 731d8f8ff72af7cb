using Paddock.Agents.Codex;
using Paddock.Core.Agents;
using Paddock.Core.Policies;

namespace Paddock.Agents.Tests.Codex;

public class CodexDialectTests
{
    private const string Turn = """
        x-codex-beta-features: remote_compaction_v2
        x-codex-window-id: 01a209e9-2edf-7f52-9909-b0b658badec8:0
        x-codex-turn-metadata: {"installation_id":"e485e94d-dd77-438a-8de9-1b5f69c0d1df","session_id":"01a209e9-2edf-7f52-9909-b0b658badec8","agent_name":"/root","request_kind":"turn","sandbox":"none","sandbox_mode":"danger-full-access","workspaces":{"/home/dev/widgets":{"associated_remote_urls":{"fork":"https://example.com/x/y.git","origin":"https://dev:secret@github.com/acme/widgets.git"},"latest_git_commit_hash":"54ff9ef08abebb461c79e97a48d9c33e9d288b91","has_changes":false}},"model":"m"}
        x-client-request-id: 01a209e9-2edf-7f52-9909-b0b658badec8
        session-id: 01a209e9-2edf-7f52-9909-b0b658badec8
        thread-id: 01a209e9-2edf-7f52-9909-b0b658badec8
        accept: text/event-stream
        originator: codex_exec
        user-agent: codex_exec/0.169.0 (Debian 12.0.0; x86_64) dumb (codex_exec; 0.169.0)
        """;

    private readonly CodexDialect codex = new();

    [Fact]
    public void Its_turn_tells_version_session_device_and_repository()
    {
        var call = new RecordedCall(Turn);

        codex.Recognizes(call).ShouldBeTrue();
        codex.Read(call).ShouldSatisfyAllConditions(
            f => f.Agent.ShouldBe("codex"),
            f => f.AgentVersion.ShouldBe("0.169.0"),
            f => f.NativeTask.ShouldBe("01a209e9-2edf-7f52-9909-b0b658badec8"),
            f => f.ParentTask.ShouldBeNull(),
            f => f.Device.ShouldBe("e485e94d-dd77-438a-8de9-1b5f69c0d1df"),
            f => f.Repository.ShouldBe("https://github.com/acme/widgets.git"));
    }

    [Fact]
    public void A_thread_names_its_parent() =>
        codex.Read(new RecordedCall("session-id: s-2\nx-codex-parent-thread-id: s-1")).ShouldSatisfyAllConditions(f => f.NativeTask.ShouldBe("s-2"), f => f.ParentTask.ShouldBe("s-1"));

    [Fact]
    public void A_thread_of_the_same_session_has_no_other_parent() => codex.Read(new RecordedCall("session-id: s-1\nx-codex-parent-thread-id: s-1")).ParentTask.ShouldBeNull();

    [Fact]
    public void Without_headers_the_session_is_read_from_the_body()
    {
        codex.Read(RecordedCall.With("originator: codex_cli_rs", BodyPart.ClientMetadata, """{"turn_id":"t","session_id":"s-3"}""")).NativeTask.ShouldBe("s-3");
        codex.Read(RecordedCall.With("originator: codex_cli_rs", BodyPart.PromptCacheKey, "\"s-4\"")).NativeTask.ShouldBe("s-4");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"workspaces\":[]}")]
    [InlineData("{\"workspaces\":{\"/w\":{}}}")]
    [InlineData("{\"workspaces\":{\"/w\":{\"associated_remote_urls\":[\"https://a/b\"]}}}")]
    [InlineData("{\"workspaces\":{\"/w\":{\"deep\":{\"associated_remote_urls\":{\"origin\":\"https://a/b\"}}}}}")]
    [InlineData("{\"workspaces\":{\"/w\":{\"associated_remote_urls\":{\"origin\":\"/srv/git/a\"}}}}")]
    [InlineData("{\"workspaces\":{\"/w\":{\"associated_remote_urls\":{\"origin\":\"\\ud800\"}}}}")]
    [InlineData("{\"workspaces\":{\"/w\":{\"associated_remote_urls\":{\"origin\":\"https://a/b\"")]
    [InlineData("not json")]
    public void Metadata_without_a_remote_names_no_repository(string metadata) => TurnMetadata.Read(metadata).Repository.ShouldBeNull();

    [Fact]
    public void The_first_remote_is_taken_when_none_is_called_origin() =>
        TurnMetadata.Read("""{"workspaces":{"/w":{"associated_remote_urls":{"up":"git@example.com:acme/w.git"}}},"installation_id":"i"}""").ShouldBe(new TurnMetadata("i", "https://example.com/acme/w.git"));

    [Fact]
    public void A_used_up_budget_is_a_bad_request_because_only_that_is_shown_and_not_retried()
    {
        codex.Dress(Refused.Budget).Status.ShouldBe(400);
        codex.Dress(Refused.Model).Status.ShouldBe(400);
    }

    [Fact]
    public void A_refused_key_keeps_its_status() => codex.Dress(Refused.Key).Status.ShouldBeNull();

    [Fact]
    public void A_refused_websocket_keeps_its_426() => codex.Dress(new(RefusalReason.WebSocketUnsupported, 426, "use HTTP")).Status.ShouldBeNull();

    [Theory]
    [MemberData(nameof(Refused.Passing), MemberType = typeof(Refused))]
    public void What_passes_by_itself_is_left_to_its_own_retries(RefusalReason reason) => codex.Dress(new(reason, 503, "wait")).ShouldBe(RefusalDress.Plain);
}
