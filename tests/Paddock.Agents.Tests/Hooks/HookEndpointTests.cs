using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Agents.Hooks;
using Paddock.Core.Agents;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;
using Paddock.Core.Tasks;
using Paddock.Testing;

namespace Paddock.Agents.Tests.Hooks;

/// <summary>The endpoint that agents' hooks ask. Some agents take any status but 200 for "go on".</summary>
public sealed class HookEndpointTests : IAsyncLifetime
{
    private const string Bash = """{"session_id":"s1","hook_event_name":"PreToolUse","cwd":"/w","tool_name":"Bash","tool_input":{"command":"ls"},"tool_use_id":"toolu_1"}""";

    private readonly Pepper pepper = new(new byte[32]);
    private readonly Decided decisions = new();
    private readonly MemoryClients clients = new();
    private TestIdentities identities = null!; // set before each test
    private WebApplication app = null!; // set before each test
    private HttpClient http = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        identities = new(pepper);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<IIdentities>(identities).AddSingleton(new KeyAuthenticator(identities, pepper));
        builder.Services.AddSingleton<IModelCatalog>(new NoModels()).AddSingleton<ISnapshots>(new SnapshotHolder(null!)).AddSingleton<IDecisionPoint>(decisions).AddSingleton<IClients>(clients).AddSingleton<IAgentEvents>(new MemoryAgentEvents());
        builder.Services.AddAgents();
        app = builder.Build();
        app.MapAgents();
        await app.StartAsync(Cancellation);
        http = new() { BaseAddress = new(app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task An_allowed_call_is_answered_with_nothing_to_say_so_that_the_agents_own_prompts_stay()
    {
        (await AskAsync("claude-code", Bash)).ShouldBe((HttpStatusCode.OK, "{}"));

        var asked = decisions.Asked!; // it was asked
        (asked.Tool, asked.CallId, asked.Task.Agent, asked.Task.NativeTask, asked.WorkingDirectory, asked.Holds).ShouldBe(("Bash", "toolu_1", "claude-code", "s1", "/w", true));
        Encoding.UTF8.GetString(asked.Arguments.Span).ShouldBe("""{"command":"ls"}""");
    }

    [Fact]
    public async Task Who_asks_is_a_client_that_was_seen()
    {
        await AskAsync("claude-code", Bash);

        var client = clients.Seen.ShouldHaveSingleItem();
        (client.Agent, client.CallsWithin, identities.Current.Find(client.Credential)?.Principal.Name).ShouldBe(("claude-code", null, "dev"));
    }

    [Fact]
    public async Task A_denied_call_is_answered_in_shape_under_200()
    {
        decisions.Answer = new OutsideDecision.Denied("Refused by policy. Decision dec_1.");

        (await AskAsync("claude-code", Bash)).ShouldBe((HttpStatusCode.OK, """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"Paddock: Refused by policy. Decision dec_1."}}"""));
    }

    [Fact]
    public async Task A_call_that_waits_for_an_approval_is_denied_with_its_id()
    {
        decisions.Answer = new OutsideDecision.Waiting("Waiting for an approval. Approval apr_1.", ApprovalId.Create(Guid.Empty), DateTimeOffset.UnixEpoch, null);

        (await AskAsync("codex", Bash)).Body.ShouldContain("Waiting for an approval. Approval apr_1.");
    }

    [Fact]
    public async Task A_key_that_may_not_ask_is_refused_in_shape()
    {
        decisions.Answer = new OutsideDecision.NotPermitted("This key may not ask.");

        var (status, body) = await AskAsync("codex", Bash);

        status.ShouldBe(HttpStatusCode.Forbidden);
        body.ShouldContain("\"permissionDecision\":\"deny\"");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pk_nonsense")]
    public async Task Without_a_good_key_nothing_is_read(string? key)
    {
        (await AskAsync("codex", Bash, key ?? "")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync("nobody", Bash, key ?? "")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        decisions.Asked.ShouldBeNull();
    }

    [Fact]
    public async Task An_agent_without_hooks_is_told_which_have_some()
    {
        var (status, body) = await AskAsync("roo-code", Bash);

        status.ShouldBe(HttpStatusCode.NotFound);
        body.ShouldContain("claude-code, cline, codex, copilot, cursor, gemini-cli, kilo, opencode");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"hook_event_name\":\"PreToolUse\"")]
    [InlineData("""{"hook_event_name":"PreToolUse","hook_event_name":"PostToolUse"}""")]
    public async Task A_body_that_cannot_be_read_is_a_refusal_in_shape(string body)
    {
        var (status, answer) = await AskAsync("codex", body);

        status.ShouldBe(HttpStatusCode.OK);
        answer.ShouldContain("\"permissionDecision\":\"deny\"");
        answer.ShouldContain("not evaluated");
        decisions.Asked.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_is_a_refusal_in_shape(bool saysItsLength)
    {
        var long_ = Bash.Replace("ls", new string('x', HookEndpoint.MostBytes), StringComparison.Ordinal);

        var (status, answer) = await AskAsync("codex", long_, saysLength: saysItsLength);

        status.ShouldBe(HttpStatusCode.OK);
        answer.ShouldContain("more than 8 MiB");
    }

    [Fact]
    public async Task A_fault_of_ours_is_a_refusal_in_shape_and_says_nothing_of_it()
    {
        decisions.Fault = new InvalidOperationException("a secret");

        var (status, answer) = await AskAsync("codex", Bash);

        status.ShouldBe(HttpStatusCode.OK);
        answer.ShouldContain("\"permissionDecision\":\"deny\"");
        answer.ShouldNotContain("a secret");
    }

    [Fact]
    public async Task Mode_and_repository_may_be_said_by_headers()
    {
        http.DefaultRequestHeaders.Add("X-Paddock-Mode", "architect");
        http.DefaultRequestHeaders.Add("X-Paddock-Repository", "payments/api");

        await AskAsync("codex", Bash);

        decisions.Asked!.Task.Mode.ShouldBe("architect"); // it was asked
        decisions.Asked.Task.Repository.ShouldBe("payments/api");
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string agent, string body, string? key = null, bool saysLength = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/v1/{agent}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = saysLength ? null : true;
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + (key ?? identities.AddKey(new() { Tools = true }).Token));
        using var answer = await http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private sealed class Decided : IDecisionPoint
    {
        public OutsideDecision Answer { get; set; } = new OutsideDecision.Allowed();

        public Exception? Fault { get; set; }

        public OutsideCall? Asked { get; private set; }

        public Task<OutsideDecision> DecideAsync(OutsideCall call, CancellationToken cancellationToken)
        {
            Asked = call;
            return Fault is null ? Task.FromResult(Answer) : throw Fault;
        }
    }

    private sealed class NoModels : IModelCatalog
    {
        public ValueTask<IReadOnlyList<CatalogModel>> ListAsync(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<CatalogModel>>([]);
    }
}
