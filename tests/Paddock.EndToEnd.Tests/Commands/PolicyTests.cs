using System.Net;
using System.Text.Json;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Commands;

public class PolicyTests
{
    private const string Rules = """
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: git, owner: test}
        spec:
          rules:
          - id: push
            match: {commands: [[git, [push, fetch]]], modes: [code]}
            when: key.environment == "prod" && !("leads" in user.teams)
            effect: deny
            because: Reviewed first
            tests:
            - {match: git push origin main, with: {task.mode: code, key.environment: prod}}
            - {notMatch: git status}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: git, owner: test}
        spec: {policy: git, enforcement: enforce}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tests_and_cases_of_a_directory_are_run_without_a_server_and_failures_end_with_one()
    {
        using var place = new Installation();
        place.Write("release/git.yaml", Rules);
        place.Write("release/git.cases", "# how the company decides\ntask.mode=code key.environment=prod git push => deny git/push\ngit push => allow defaults\n");

        var good = await PaddockProcess.RunAsync(["policy", "test", place.Release], null, Cancelled);
        place.Write("release/git.yaml", Rules.Replace("notMatch: git status", "match: git status", StringComparison.Ordinal));
        place.Write("release/git.cases", "git push => deny\n");
        var bad = await PaddockProcess.RunAsync(["policy", "test", place.Release], null, Cancelled);
        var json = JsonDocument.Parse((await PaddockProcess.RunAsync(["policy", "test", place.Release, "--json"], null, Cancelled)).Output).RootElement;

        (good.Code, good.Printed.TrimEnd()).ShouldBe((0, "4 hold, 0 fail (1 rule, 2 cases)"));
        bad.Code.ShouldBe(1);
        bad.Output.ShouldContain("git/push (git.yaml:6)");
        bad.Output.ShouldContain("FAILS  match: git status");
        bad.Output.ShouldContain("it stops at 'match.modes'");
        (json.GetProperty("passed").GetInt32(), json.GetProperty("failed").GetInt32()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task What_an_author_may_not_have_meant_is_told_and_ends_with_one_only_when_asked()
    {
        using var place = new Installation();
        place.Write("release/git.yaml", Rules);

        var told = await PaddockProcess.RunAsync(["policy", "check", place.Release], null, Cancelled);
        var strict = await PaddockProcess.RunAsync(["policy", "check", place.Release, "--strict", "--json"], null, Cancelled);

        (told.Code, strict.Code).ShouldBe((0, 1));
        told.Printed.ShouldContain("git.yaml:6: git/push: spec.rules[0].match.commands[0][1][1]: 'fetch' could read 'xfetch' and no test would fail");
        JsonDocument.Parse(strict.Output).RootElement.GetProperty("remarks").EnumerateArray().Select(remark => remark.GetProperty("key").GetString()).ShouldBe(["spec.rules[0].match.commands[0][1][1]", "spec.rules[0].when"]);
    }

    [Fact]
    public async Task A_decision_is_explained_rule_by_rule_by_a_directory_and_by_a_server()
    {
        using var place = new Installation();
        place.Write("release/git.yaml", Rules);
        string[] call = ["policy", "explain", "--command", "git push origin main", "--mode", "code", "--fact", "key.environment=prod"];

        var here = await PaddockProcess.RunAsync([.. call, "--release", place.Release], null, Cancelled);
        var lead = await PaddockProcess.RunAsync([.. call, "--release", place.Release, "--fact", "user.teams=core,leads"], null, Cancelled);
        var (server, _) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var there = await place.RunAsync(call);
        var tool = await place.RunAsync(["policy", "explain", "--agent", "roo-code", "--tool", "write_to_file", "--path", "src/a.cs"]);

        here.Printed.ShouldContain("decision  deny, by git/push (bound by git)");
        here.Printed.ShouldContain("because   Reviewed first");
        here.Printed.ShouldContain("[git, push, origin, main]");
        lead.Printed.ShouldContain("stops at when");
        lead.Printed.ShouldContain("false  !(\"leads\" in user.teams)    user.teams = [\"core\", \"leads\"]");
        there.Printed.ShouldBe(here.Printed);
        tool.Printed.ShouldContain("stops at classes: it wants command; the call has edit");
    }

    [Fact]
    public async Task What_was_decided_is_explained_by_its_id_and_judged_again_by_a_candidate()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        place.Write("release/git.yaml", Rules);
        Directory.CreateDirectory(place.At("candidate"));
        place.Write("candidate/git.yaml", Rules.Replace(", modes: [code]", "", StringComparison.Ordinal).Replace("    when: key.environment == \"prod\" && !(\"leads\" in user.teams)\n", "", StringComparison.Ordinal));
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var key = await place.CreateKeyAsync();
        var arguments = Convert.ToBase64String("{\"command\":\"git push origin main\"}"u8);

        (await Installation.SendAsync(Installation.Chat(url, key, $"sim:tool=bash,args={arguments}"))).Status.ShouldBe(HttpStatusCode.OK);
        var decision = JsonDocument.Parse((await place.RunAsync(["decisions", "list", "--json"])).Printed).RootElement.GetProperty("decisions")[0].GetProperty("id").GetString()!;
        var explained = await place.RunAsync(["policy", "explain", decision]);
        var replayed = await place.RunAsync(["policy", "replay", "--release", place.At("candidate")]);
        var same = await place.RunAsync(["policy", "replay", "--release", place.Release, "--against", "active"]);

        explained.Printed.ShouldContain("decision  allow, by the release's defaults");
        explained.Printed.ShouldContain("stops at modes: it wants code; the call has (not known)");
        replayed.Printed.ShouldContain("0 unchanged, 1 changed");
        replayed.Printed.ShouldContain("allow -> deny: 1");
        replayed.Printed.ShouldMatch(@"bash \(command\) +1 +\(no team\) +1 +git/push +1");
        replayed.Printed.ShouldContain($"newest: {decision} (ada, bash)");
        same.Printed.ShouldContain("1 unchanged, 0 changed");
    }
}
