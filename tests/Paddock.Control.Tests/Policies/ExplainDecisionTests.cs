using Paddock.Control.Identity;
using Paddock.Control.Policies;
using Paddock.Control.Releases;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Policies;

public class ExplainDecisionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_explained_by_the_release_in_force_with_the_teams_of_whoever_would_make_it()
    {
        await using var control = await StartAsync();
        await control.Get<CreateUser>().RunAsync(Admin, new() { Name = "ada", Teams = ["core"] }, Cancellation);
        await control.Get<ImportRelease>().RunAsync(Admin, Release("core") with { Activate = true }, Cancellation);

        var hers = (await control.Get<ExplainDecision>().RunAsync(Admin, new() { Command = "git push origin main", User = "Ada", Tool = "mcp__x__y" }, Cancellation)).ShouldBeDone();
        var nobodys = (await control.Get<ExplainDecision>().RunAsync(Admin, new() { Command = "git push origin main" }, Cancellation)).ShouldBeDone();

        (hers.Decision.Effect, hers.Decision.Rule, hers.Decision.Because).ShouldBe(("deny", "git/push", "Reviewed first"));
        hers.Line.ShouldNotBeNull().Commands.Select(command => string.Join(' ', command.Argv)).ShouldBe(["git push origin main"]);
        hers.Rules.ShouldHaveSingleItem().Operands.ShouldHaveSingleItem().ShouldBe(new("user.id == 'ada'", "true", hers.Rules[0].Operands[0].Facts));
        (nobodys.Decision.Effect, nobodys.Decision.Rule).ShouldBe(("allow", null));
        (nobodys.Rules.ShouldHaveSingleItem().Stage, nobodys.Rules[0].Has).ShouldBe(("teams", "(not known)"));
    }

    [Fact]
    public async Task Another_release_explains_before_it_is_in_force()
    {
        await using var control = await StartAsync();
        var waiting = (await control.Get<ImportRelease>().RunAsync(Admin, Release("core"), Cancellation)).ShouldBeDone();
        var input = new ExplainInput { Command = "git push", Facts = new Dictionary<string, string> { ["user.teams"] = "web, core", ["user.id"] = "ada" } };

        (await control.Get<ExplainDecision>().RunAsync(Admin, input, Cancellation)).ShouldBeDone().Decision.Effect.ShouldBe("allow");
        (await control.Get<ExplainDecision>().RunAsync(Admin, input with { Release = waiting.Digest[7..19] }, Cancellation)).ShouldBeDone().Decision.Effect.ShouldBe("deny");
        (await control.Get<ExplainDecision>().RunAsync(Admin, input with { Release = "000000" }, Cancellation)).ShouldBeMissing();
    }

    [Fact]
    public async Task What_cannot_be_a_call_is_told_with_its_field()
    {
        await using var control = await StartAsync();
        var use = control.Get<ExplainDecision>();

        (await use.RunAsync(Admin, new(), Cancellation)).ShouldBeInvalid("command");
        (await use.RunAsync(Admin, new() { Command = "ls", User = "nobody" }, Cancellation)).ShouldBeInvalid("user");
        (await use.RunAsync(Admin, new() { Command = "ls", Pins = ["task"] }, Cancellation)).ShouldBeInvalid("pins");
        (await use.RunAsync(Admin, new() { Class = "edits" }, Cancellation)).ShouldBeInvalid("facts");
        (await use.RunAsync(Admin, new() { Command = "ls", Facts = new Dictionary<string, string> { ["tsk.mode"] = "code" } }, Cancellation)).ShouldBeInvalid("facts");
    }

    [Fact]
    public async Task A_tool_of_an_mcp_server_is_known_by_its_name()
    {
        await using var control = await StartAsync();
        await control.Get<ImportRelease>().RunAsync(Admin, Release("core") with { Activate = true }, Cancellation);

        var told = (await control.Get<ExplainDecision>().RunAsync(Admin, new() { Tool = "mcp__github__delete_repo" }, Cancellation)).ShouldBeDone();

        (told.Line, told.Rules.ShouldHaveSingleItem().Stage, told.Rules[0].Has).ShouldBe((null, "classes", "mcp"));
    }

    internal static ReleaseInput Release(string team, string effect = "deny") => new()
    {
        Files =
        [
            new("policy.yaml", $$"""
                apiVersion: paddock/v1alpha1
                kind: Policy
                metadata: {name: git, owner: tests}
                spec:
                  rules:
                  - id: push
                    match: {commands: [[git, push]], teams: [{{team}}]}
                    when: user.id == 'ada'
                    effect: {{effect}}
                    because: Reviewed first
                    tests: [{match: git push, with: {user.teams: [{{team}}], user.id: ada} }]
                ---
                apiVersion: paddock/v1alpha1
                kind: PolicyBinding
                metadata: {name: git, owner: tests}
                spec: {policy: git, enforcement: enforce}
                """),
        ],
    };
}
