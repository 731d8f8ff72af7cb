using Paddock.Core.Policies;
using Paddock.Core.Snapshot;
using Paddock.Core.Tests.Policies;
using Paddock.Core.Tools;
using static Paddock.Core.Tests.Modes.ModeDocuments;

namespace Paddock.Core.Tests.Modes;

/// <summary>What a mode may do, as tool calls are judged by it.</summary>
public class ModeRulesTests
{
    private const string Markdown = "edits: {fileRegex: '\\.md$'}";

    [Theory]
    [InlineData("architect", "write_to_file", ToolClass.Edit, "docs/plan.md", "Allow")]
    [InlineData("architect", "write_to_file", ToolClass.Edit, "src/a.cs", "Deny mode:architect/files")]
    [InlineData("architect", "write_to_file", ToolClass.Edit, "src/a.md.cs", "Deny mode:architect/files")]
    [InlineData("architect", "write_to_file", ToolClass.Edit, "src/a.cs:x.md", "Deny mode:architect/files")]
    [InlineData("architect", "write_to_file", ToolClass.Edit, "src/a.md\n", "Deny mode:architect/files")]
    [InlineData("architect", "write_to_file", ToolClass.Edit, "docs/a.MD", "Deny mode:architect/files")]
    [InlineData("architect", "write_to_file", ToolClass.Edit, null, "Deny mode:architect/files")]
    [InlineData("architect", "execute_command", ToolClass.Command, null, "Deny mode:architect/command")]
    [InlineData("architect", "strange", ToolClass.Other, null, "Deny mode:architect/other")]
    [InlineData("architect", "WebFetch", ToolClass.Browser, null, "Deny mode:architect/browser")]
    [InlineData("architect", "mcp--x--y", ToolClass.Mcp, null, "Allow")]
    [InlineData("architect", "mcp--x--remove", ToolClass.Mcp, null, "Deny mode:architect/tools")]
    [InlineData("architect", "switch_mode", ToolClass.Mode, null, "Allow")]
    [InlineData("architect", "new_task", ToolClass.Subtask, null, "Allow")]
    [InlineData("talk", "read_file", ToolClass.Read, "a.cs", "Deny mode:talk/read")]
    [InlineData("talk", "attempt_completion", ToolClass.Read, null, "Allow")]
    [InlineData("talk", "search_index", ToolClass.Read, null, "Allow")]
    [InlineData("code", "write_to_file", ToolClass.Edit, "src/a.cs", "Allow")]
    [InlineData("code", "strange", ToolClass.Other, null, "Allow")]
    [InlineData("orchestrator", "read_file", ToolClass.Read, "a.cs", "Deny team-profile:developers/forbidden-mode")]
    [InlineData("Architect", "read_file", ToolClass.Read, "a.cs", "Deny team-profile:developers/unlisted-mode")]
    [InlineData(null, "read_file", ToolClass.Read, "a.cs", "Deny team-profile:developers/missing-mode")]
    public void A_call_is_refused_by_the_limit_of_its_mode_that_it_is_beyond(string? mode, string tool, ToolClass cls, string? path, string says) =>
        Developers().Say(mode, tool, cls, path is null ? [] : [path]).ShouldBe(says);

    [Fact]
    public void One_file_beyond_the_pattern_is_enough_among_several() =>
        Developers().Say("architect", "apply_patch", ToolClass.Edit, "docs/a.md", "src/a.cs").ShouldBe("Deny mode:architect/files");

    [Theory]
    [InlineData("echo x > notes.md", "Allow")]
    [InlineData("dotnet test", "Allow")]
    [InlineData("echo x > src/a.cs", "Deny mode:writer/written-files")]
    [InlineData("cp notes.md a.cs", "Deny mode:writer/written-files")]
    public void Where_a_mode_runs_commands_as_well_what_they_visibly_write_must_match(string line, string says) =>
        Taken(Plain("writer", "[read, edit, command]", Markdown), Profile("developers", "modes: {preferred: [writer]}")).SayOfLine("writer", line).ShouldBe(says);

    [Theory]
    [InlineData("code", "Allow")]
    [InlineData("ask", "Deny mode:ask/edit")]
    [InlineData("strange", "Deny mode:ask@developers/edit")]
    [InlineData(null, "Deny mode:ask@developers/edit")]
    [InlineData("orchestrator", "Deny team-profile:developers/forbidden-mode")]
    public void A_mode_stands_in_for_those_that_the_profile_does_not_know(string? mode, string says) =>
        Taken(Plain("code", "[read, edit]"), Plain("ask"), Profile("developers", "modes: {preferred: [code, ask], forbidden: [orchestrator], unlisted: ask, missing: ask}"))
            .Say(mode, "write_to_file", ToolClass.Edit, "a.cs").ShouldBe(says);

    [Theory]
    [InlineData("unlisted: ask, missing: allow", "strange", "Deny mode:ask@developers/edit")]
    [InlineData("unlisted: ask, missing: allow", null, "Allow")]
    [InlineData("unlisted: allow, missing: ask", "strange", "Allow")]
    [InlineData("unlisted: allow, missing: ask", null, "Deny mode:ask@developers/edit")]
    [InlineData("unlisted: allow", null, "Deny team-profile:developers/missing-mode")]
    [InlineData("missing: allow", "strange", "Deny team-profile:developers/unlisted-mode")]
    public void An_unknown_mode_and_none_at_all_are_two_things(string fallbacks, string? mode, string says) =>
        Taken(Plain("ask"), Profile("developers", $"modes: {{preferred: [ask], {fallbacks}}}")).Say(mode, "write_to_file", ToolClass.Edit, "a.cs").ShouldBe(says);

    [Fact]
    public void A_mode_allows_nothing_that_a_policy_refuses() =>
        Taken(Plain("code", "[read, edit, command]", "tools: {allow: [execute_command]}"), Profile("developers", "modes: {preferred: [code]}"), Rules.Defaults("{default: deny, read: allow}"))
            .Say("code", "execute_command", ToolClass.Command).ShouldBe("Deny");

    [Fact]
    public void Approvals_of_a_profile_ask_and_a_limit_of_the_mode_comes_before_them()
    {
        var snapshot = Taken(Rules.Chain, Plain("ask"), Plain("code", "[edit]"), Profile("developers", "modes: {preferred: [ask, code]}\napprovals: {edit: {chain: leads}}"));

        snapshot.Say("code", "write_to_file", ToolClass.Edit, "a").ShouldBe("RequireApproval team-profile:developers/approve-edit");
        snapshot.Say("ask", "write_to_file", ToolClass.Edit, "a").ShouldBe("Deny mode:ask/edit");
    }

    [Fact]
    public void Every_refusal_says_why_and_what_to_do_instead() =>
        Developers().Policies.Rules.ShouldAllBe(rule => rule.Rule.Because != null && rule.Rule.Fix != null && rule.Rule.Effect == Effect.Deny);

    [Fact]
    public void What_a_mode_never_has_is_not_shown_to_the_model_either()
    {
        var policies = Developers().Policies;

        policies.Hides(Rules.Call(new(ToolClass.Command), facts => Tell(facts, "architect", "execute_command"))).ShouldBeTrue();
        policies.Hides(Rules.Call(new(ToolClass.Command), facts => Tell(facts, "code", "execute_command"))).ShouldBeFalse();
        policies.Hides(Rules.Call(new(ToolClass.Edit), facts => Tell(facts, "architect", "write_to_file"))).ShouldBeFalse();
    }

    [Fact]
    public void Documents_as_long_as_they_may_be_still_make_rules()
    {
        var modes = Enumerable.Range(0, 20).Select(i => Plain(new string('m', 47) + $"{i:000}", "[edit]", $"edits: {{fileRegex: '{new string('\\', 298)}'}}\ntools: {{allow: [{string.Join(", ", Enumerable.Range(0, 20).Select(t => new string('t', 61) + $"{t:000}"))}]}}")).ToArray();
        var names = Enumerable.Range(0, 20).Select(i => new string('m', 47) + $"{i:000}").ToArray();
        var forbidden = names.Select(name => "f" + name[1..]);

        var snapshot = Taken([.. modes, Profile("developers", $"modes: {{preferred: [{string.Join(", ", names)}], forbidden: [{string.Join(", ", forbidden)}], unlisted: {names[0]}}}")]);

        snapshot.Say("other", "read_file", ToolClass.Read, "a").ShouldBe($"Deny mode:{names[0]}@developers/read");
    }

    private static GovernanceSnapshot Developers() => Taken(
        Plain("architect", "[read, edit, mcp]", Markdown + "\ntools: {deny: ['mcp--*--remove']}"),
        Plain("code", "[read, edit, command, mcp, browser]"),
        Plain("talk", "[]", "tools: {allow: [search_index]}"),
        Profile("developers", "for: {teams: [core]}\nmodes: {preferred: [architect, code, talk], forbidden: [orchestrator]}"));
}
