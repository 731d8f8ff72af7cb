using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Paddock.Control;
using Paddock.Control.Approvals;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Approvals;

/// <summary>Two servers on one PostgreSQL: the same call held on both passes on one of them.</summary>
public sealed class TwoServersTests
{
    private const string Rules = """
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {name: leads, owner: tests}
        spec: {steps: [{anyOf: {teams: [leads]}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: git, owner: tests}
        spec:
          rules:
          - {id: push, match: {commands: [[git, push]]}, effect: require_approval, approval: {chain: leads}, tests: [{match: git push}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: git, owner: tests}
        spec: {policy: git, enforcement: enforce}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_yes_lets_the_call_pass_on_one_server()
    {
        await using var postgres = await PrivatePostgres.StartAsync(Cancelled);
        await using var provider = await SimulatedProvider.StartAsync(new() { Command = "git push" }, Cancelled);
        var database = new Dictionary<string, string> { ["PADDOCK_POSTGRES"] = await postgres.CreateDatabaseAsync(Cancelled) };
        using var one = new Installation();
        using var other = new Installation();
        one.WriteProvider(provider.BaseUrl);
        one.Write("release/policy.yaml", Rules);
        var (first, firstUrl) = await one.ServeAsync(["--release", one.Release], database);
        await using var _ = first;
        CopyKeys(one, other);
        var (second, secondUrl) = await other.ServeAsync(["--release", one.Release], database);
        await using var __ = second;
        var key = (await one.RunAsync(["key", "create", "--name", "laptop", "--user", "dev"], database)).Printed;
        (await one.RunAsync(["user", "create", "ada", "--team", "leads"], database)).Code.ShouldBe(0);
        var lead = new Dictionary<string, string>(database) { ["PADDOCK_KEY"] = (await one.RunAsync(["key", "create", "--name", "decides", "--user", "ada", "--control", "approver"], database)).Printed };
        await Eventually.IsAsync(async () => (await Installation.SendAsync(Installation.Chat(secondUrl, key, "m"))).Status is System.Net.HttpStatusCode.OK, () => second.Said, Cancelled);

        var calls = new[] { AskAsync(firstUrl, key), AskAsync(secondUrl, key) };
        var asked = await PendingAsync(one, lead);
        await Eventually.IsAsync(() => Task.FromResult(provider.Truth.Newest(100).Count(entry => entry.Stream) >= 2), () => "both servers have the model's answer", Cancelled);
        (await one.RunAsync(["approvals", "approve", asked.Id], lead)).Code.ShouldBe(0);
        var next = await PendingAsync(one, lead); // of the server that came second
        (await one.RunAsync(["approvals", "deny", next.Id, "--reason", "once is enough"], lead)).Code.ShouldBe(0);
        var answers = await Task.WhenAll(calls);

        next.Id.ShouldNotBe(asked.Id);
        answers.Select(ArgumentsIn).Count(arguments => arguments.Contains("git push", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', answers));
        answers.Select(ArgumentsIn).Count(arguments => arguments.Contains("Not approved", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', answers));
        (await ListAsync(one, lead, "consumed")).ShouldHaveSingleItem().Uses.ShouldBe(1);
    }

    /// <summary>What the client has to run, put together from its pieces.</summary>
    private static string ArgumentsIn(string answer) => string.Concat(
        from line in answer.Split('\n')
        where line.StartsWith("data: {", StringComparison.Ordinal)
        from choice in JsonDocument.Parse(line[6..]).RootElement.GetProperty("choices").EnumerateArray()
        where choice.GetProperty("delta").TryGetProperty("tool_calls", out _)
        from call in choice.GetProperty("delta").GetProperty("tool_calls").EnumerateArray()
        select call.GetProperty("function").GetProperty("arguments").GetString());

    /// <summary>Servers of one installation share the secrets by which keys are known.</summary>
    internal static void CopyKeys(Installation from, Installation to)
    {
        foreach (var file in Directory.CreateDirectory(Path.Combine(from.Data, "keys")).GetFiles())
        {
            file.CopyTo(Path.Combine(Directory.CreateDirectory(Path.Combine(to.Data, "keys")).FullName, file.Name));
        }
    }

    private static async Task<string> AskAsync(string url, string key)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(3) };
        using var request = new HttpRequestMessage(HttpMethod.Post, url + "/v1/chat/completions")
        {
            Content = new StringContent("""{"model":"m","stream":true,"messages":[{"role":"user","content":"push"}],"tools":[{"type":"function","function":{"name":"bash","parameters":{"type":"object","properties":{"command":{"type":"string"}}}}}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.TryAddWithoutValidation("X-Paddock-Agent", "opencode");
        using var answer = await http.SendAsync(request, Cancelled);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    private static async Task<ApprovalView> PendingAsync(Installation place, Dictionary<string, string> lead)
    {
        IReadOnlyList<ApprovalView> pending = [];
        await Eventually.IsAsync(async () => (pending = await ListAsync(place, lead, "pending")).Count > 0, () => "nothing waits", Cancelled);
        return pending[0];
    }

    private static async Task<IReadOnlyList<ApprovalView>> ListAsync(Installation place, Dictionary<string, string> lead, string state) =>
        JsonSerializer.Deserialize((await place.RunAsync(["approvals", "list", "--state", state, "--json"], lead)).Printed, ControlJson.Default.ApprovalList)!.Approvals; // the command prints a list
}
