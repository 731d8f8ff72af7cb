using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.EndToEnd.Tests.Notifications;
using Paddock.Hosting;
using Paddock.Simulator;
using Paddock.Store;

namespace Paddock.EndToEnd.Tests.Drills;

/// <summary>A server that is killed in the middle of a run: the next one finishes it or takes it back, and does nothing twice.</summary>
public sealed class KilledRunTests
{
    private const string Steps =
        """
        - {id: changes, do: changes.list, with: {window: 2h} }
        - {id: switch, do: route.switch, safe: true, with: {route: best, to: simulated} }
        - {id: avoid, do: provider.avoid, safe: true, with: {provider: simulated} }
        - {id: rest, do: credential.rest, safe: true, with: {provider: other, credential: "env:NOWHERE"} }
        - {id: shed, do: calls.shed, safe: true, with: {calls: subagents, retryAfter: 30s} }
        - {id: smaller, do: tasks.smaller, safe: true, with: {mostTokens: 20000} }
        - {id: readonly, do: tools.readonly, safe: true }
        - {id: ask, do: tools.ask, safe: true, with: {classes: [edit], chain: leads} }
        - {id: tighten, do: policy.tighten, safe: true, with: {policy: careful} }
        - {id: disable, do: provider.disable, safe: true, with: {provider: other} }
        - {id: tool, do: tool.disable, safe: true, with: {tool: Write} }
        - {id: contain, do: contain, safe: true, with: {user: ada} }
        - {id: tell, do: people.tell, safe: true, with: {text: Something is being looked into} }
        - {id: notify, do: notify, with: {text: It goes on} }
        - {id: look, do: check, verify: {measure: open_alerts, of: provider-outage, atMost: 0} }
        - {id: sure, do: confirm, with: {question: "Is it so?"} }
        """;

    /// <summary>Of the steps: mitigations, containments, a notice.</summary>
    private const int Mitigations = 8, Containments = 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly string[] ids = [.. Steps.Split('\n').Select(static line => line.Split(' ')[2].TrimEnd(','))];

    public static TheoryData<string> Some => [ids[11]];

    public static TheoryData<string> All => [.. ids[..^1]];

    [Theory]
    [MemberData(nameof(Some))]
    public Task Killed_while_a_step_is_done_and_while_it_is_taken_back(string step) => KillAsync(step);

    [Theory]
    [Trait("In", "soak")]
    [MemberData(nameof(All))]
    public Task Killed_while_any_step_is_done_and_while_it_is_taken_back(string step) => KillAsync(step);

    private static async Task KillAsync(string step)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        using var installation = new Installation();
        Write(installation, provider.BaseUrl);
        var environment = new Dictionary<string, string> { ["PADDOCK_NOTIFICATIONS_WEBHOOK_URL"] = receiver.Url, ["PADDOCK_NOTIFICATIONS_WEBHOOK_SECRET"] = Receiver.Secret };
        await TrustAsync(installation);

        var (first, _) = await installation.ServeAsync(["--release", installation.Release], environment);
        var (incident, run) = await BeginAsync(installation);
        await UntilAsync(installation, run, one => StateOf(one, step) is not "pending", first);
        await first.KillAsync(Cancellation);
        await first.DisposeAsync();

        var (second, _) = await installation.ServeAsync(["--release", installation.Release], environment);
        await UntilAsync(installation, run, static one => StateOf(one, "sure") is "waiting", second);
        await AnswerAsync(installation, run);
        await UntilAsync(installation, run, static one => one.GetProperty("state").GetString() is "holding", second);
        (await StandingAsync(installation, incident)).ShouldBe((Mitigations, Containments, "Something is being looked into"));
        await installation.RunAsync(["runbook", "undo", run, "--reason", "enough"]);
        await UntilAsync(installation, run, one => StateOf(one, step) is not "verified" || one.GetProperty("state").GetString() is "ended", second);
        await second.KillAsync(Cancellation);
        await second.DisposeAsync();

        var (third, _) = await installation.ServeAsync(["--release", installation.Release], environment);
        await UntilAsync(installation, run, static one => one.GetProperty("state").GetString() is "ended", third);
        (await StandingAsync(installation, incident)).ShouldBe((0, 0, null));
        await Eventually.IsAsync(() => Task.FromResult(Said(receiver).Length > 0), () => "Nobody was told.", Cancellation);
        await third.DisposeAsync();
        Said(receiver).Distinct().ShouldHaveSingleItem();
        (await DoneAsync(installation, run)).ShouldBe(ids.Length - 1, "each step but the question was done once");
    }

    private static void Write(Installation installation, Uri provider)
    {
        installation.WriteProvider(provider, $$"""
            ---
            apiVersion: paddock/v1alpha1
            kind: Provider
            metadata: {name: other, owner: test}
            spec: {wires: [openai-chat], baseUrl: "{{provider.AbsoluteUri.TrimEnd('/')}}/v1", credentials: [{env: NOWHERE}]}
            ---
            apiVersion: paddock/v1alpha1
            kind: ModelRoute
            metadata: {name: best, owner: test}
            spec: {targets: [{provider: other}, {provider: simulated}]}
            ---
            apiVersion: paddock/v1alpha1
            kind: ApprovalChain
            metadata: {name: leads, owner: test}
            spec: {steps: [{anyOf: {teams: [leads]} }]}
            ---
            apiVersion: paddock/v1alpha1
            kind: Policy
            metadata: {name: careful, owner: test}
            spec: {rules: [{id: none, match: {classes: [browser]}, effect: deny, because: No pages, tests: [{match: {call.class: browser} }, {notMatch: ls}]}]}
            ---
            apiVersion: paddock/v1alpha1
            kind: PolicyBinding
            metadata: {name: careful, owner: test}
            spec: {policy: careful, enforcement: shadow}
            """);
        installation.Write("release/runbook.yaml", Document);
    }

    private static string Document =>
        $$"""
        apiVersion: paddock/v1alpha1
        kind: Runbook
        metadata: {name: own, owner: test}
        spec:
          guide: {trigger: a, hypothesis: a, immediate: a, control: a, verification: a, rollback: a, communication: a, learning: a}
          drill: {faults: [provider_down], until: 40m, expect: {alertWithin: 6m, incidentWithin: 7m, mitigatedWithin: 20m, seen: [change_listed]} }
          steps:
        {{string.Join('\n', Steps.Split('\n').Select(static line => "  " + line))}}
        """;

    /// <summary>Its drill counts as passed: what is tried here is not the drill.</summary>
    private static async Task TrustAsync(Installation installation)
    {
        (await installation.RunAsync(["user", "create", "ada"])).Code.ShouldBe(0);
        await using var services = new ServiceCollection().AddLogging().AddStore(new() { DataDirectory = installation.Data }).BuildServiceProvider();
        await services.GetRequiredService<StoreMaintenance>().StartAsync(Cancellation);
        var (digest, at) = (ShippedRunbooks.Read(Document).Digest, DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
        await services.GetRequiredService<IDrillBook>().AddAsync(new() { Id = RunId.OfDrill(at), Runbook = "own", Digest = digest, Version = PaddockVersion.Text, At = at, Lines = [] }, AuditActor.Local, Cancellation);
        await services.GetRequiredService<StoreMaintenance>().StopAsync(Cancellation);
    }

    private static async Task<(string Incident, string Run)> BeginAsync(Installation installation)
    {
        var incident = await AskAsync(installation, "incidents", "open", "--title", "something", "--severity", "sev2", "--eta", "1h", "--owner", "ada");
        var id = incident.GetProperty("id").GetString()!;
        var run = await AskAsync(installation, "runbook", "start", "own", "--auto", "--incident", id);
        return (id, run.GetProperty("id").GetString()!);
    }

    private static async Task AnswerAsync(Installation installation, string run) => (await installation.RunAsync(["runbook", "answer", run, "sure", "yes", "--reason", "it is"])).Code.ShouldBe(0);

    private static async Task<JsonElement> AskAsync(Installation installation, params string[] command)
    {
        var result = await installation.RunAsync([.. command, "--json"]);
        result.Code.ShouldBe(0, result.Errors);
        return JsonElement.Parse(result.Printed);
    }

    private static Task UntilAsync(Installation installation, string run, Func<JsonElement, bool> isThere, PaddockProcess server) =>
        Eventually.IsAsync(async () => isThere(await AskAsync(installation, "runbook", "run", run)), () => server.Said, Cancellation);

    private static string? StateOf(JsonElement run, string step) => run.GetProperty("steps").EnumerateArray().Single(one => one.GetProperty("id").GetString() == step).GetProperty("state").GetString();

    private static async Task<(int Mitigations, int Containments, string? Notice)> StandingAsync(Installation installation, string incident)
    {
        var shown = await AskAsync(installation, "incidents", "show", incident);
        var facts = shown.TryGetProperty("incident", out var inner) ? inner : shown;
        return (
            (await AskAsync(installation, "runbook", "mitigations")).GetProperty("mitigations").GetArrayLength(), (await AskAsync(installation, "contain", "list")).GetProperty("containments").GetArrayLength(),
            facts.TryGetProperty("notice", out var notice) ? notice.GetString() : null);
    }

    /// <summary>Ids of the notifications that the step posted.</summary>
    private static string[] Said(Receiver receiver) => [.. receiver.Posts.Where(static post => post.Event == "runbook.said").Select(static post => post.Headers["webhook-id"])];

    private static async Task<int> DoneAsync(Installation installation, string run)
    {
        var entries = await AskAsync(installation, "audit", "tail", "--ref", run, "--limit", "500");
        return entries.GetProperty("entries").EnumerateArray().Count(static entry => entry.GetProperty("act").GetString() == "run.step_done");
    }
}
