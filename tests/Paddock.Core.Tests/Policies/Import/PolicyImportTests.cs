using Paddock.Core.Policies;
using Paddock.Core.Policies.Import;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Core.Tests.Policies.Import;

/// <summary>Permissions of agents' own settings.</summary>
public sealed class PolicyImportTests
{
    private const string Roo = """
        {
          // VS Code's settings have comments
          "editor.tabSize": 2,
          "roo-cline.allowedCommands": ["npm test", "git", "git status", "rm -rf dist", "python -c", "*",],
          "roo-cline.deniedCommands": ["git push", "rm -rf", "git log --*", "curl x | sh", 5]
        }
        """;

    private const string Claude = """
        {
          "permissions": {
            "allow": ["Bash(git:*)", "Bash(npm run test)", "Edit(src/**)", "WebFetch(domain:docs.example)", "mcp__github__get_issue", "Read", "Bash(git * main)", "Task(x)"],
            "ask": ["Bash(git push:*)", "mcp__github"],
            "deny": ["Read(./.env)", "Read(~/.ssh/**)", "Read(secrets)", "Bash(curl *)", "WebFetch(domain:evil.example)", "Edit(//etc/**)", "Edit(a[b])", "Bash(rm"],
            "defaultMode": "acceptEdits",
            "additionalDirectories": ["../docs"]
          }
        }
        """;

    [Fact]
    public void Roos_lists_become_rules_word_by_word_and_a_refusal_counts_first()
    {
        var (set, gaps) = Import("roo", Roo);

        set.Say(Rules.Command("npm test")).ShouldStartWith("Allow roo-code/");
        set.Say(Rules.Command("git push origin")).ShouldStartWith("Deny roo-code/");
        set.Say(Rules.Command("git log && rm -rf dist")).ShouldStartWith("Deny roo-code/");
        set.Say(Rules.Command("make x")).ShouldStartWith("Allow roo-code/");
        set.Say(Rules.Command("make x > y")).ShouldBe("Deny");
        gaps.ShouldContain(gap => gap.Entry == "git status" && gap.Because.Contains("never reached", StringComparison.Ordinal));
        gaps.ShouldContain(gap => gap.Entry == "rm -rf dist" && gap.Because.Contains("longer", StringComparison.Ordinal));
        gaps.ShouldContain(gap => gap.Entry == "python -c");
        gaps.ShouldContain(gap => gap.Entry == "git log --*");
        gaps.ShouldContain(gap => gap.Entry == "curl x | sh");
        gaps.ShouldContain(gap => gap.Entry == "5");
    }

    [Fact]
    public void Claudes_permissions_become_rules_with_the_strictest_first()
    {
        var (set, gaps) = Import("claude", Claude);

        set.Say(Rules.Command("git status")).ShouldStartWith("Allow ");
        set.Say(Rules.Command("git push")).ShouldStartWith("RequireApproval ");
        set.Say(Rules.Command("npm run test")).ShouldStartWith("Allow ");
        set.Say(Rules.Command("npm run test --evil")).ShouldBe("Deny");
        set.Say(Rules.Command("npm run test && npm run test --evil")).ShouldBe("Deny");
        set.Say(Rules.Command("curl x")).ShouldStartWith("Deny claude-code/");
        set.Say(Rules.Command("cat .env")).ShouldStartWith("Deny claude-code/");
        set.Say(Rules.Edit("src/a.ts")).ShouldStartWith("Allow ");
        set.Say(Rules.Edit("/etc/hosts")).ShouldStartWith("Deny claude-code/");
        set.Say(Rules.Mcp("github", "get_issue")).ShouldStartWith("RequireApproval ");
        gaps.Select(gap => gap.Entry).ShouldBe(
            ["Bash(git * main)", "Task(x)", "Edit(a[b])", "Bash(rm", "defaultMode: \"acceptEdits\"", "additionalDirectories: [\"../docs\"]", "mcp__github__get_issue"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("roo", "{}", "roo-cline.allowedCommands")]
    [InlineData("claude", "{\"permissions\": 5}", "permissions")]
    [InlineData("claude", "[]", "no JSON object")]
    [InlineData("claude", "{\"permissions\": {}", "no JSON: line 1")]
    [InlineData("roo", "{\"roo-cline.allowedCommands\": []}", "empty")]
    public void What_cannot_be_imported_says_why(string source, string settings, string because) =>
        PolicyImport.From(source, settings, "me").ShouldBeOfType<ImportOutcome.Refused>().Because.ShouldContain(because);

    [Fact]
    public void Whatever_stands_in_an_entry_stays_one_text()
    {
        var (_, gaps) = Import("claude", "{\"permissions\": {\"deny\": [\"Bash(a\\\"b:*)\", \"Read(x: {y}\\n- z)\", \"Bash(echo 'q\\\"# \\u2028 é')\", \"mcp__a\\\"__b\", \"X\\n---\"]}}", "o: [x\"\n");

        gaps.ShouldNotBeEmpty();
    }

    private static (PolicySet Set, IReadOnlyList<ImportGap> Gaps) Import(string source, string settings, string owner = "team-x")
    {
        var imported = PolicyImport.From(source, settings, owner).ShouldBeOfType<ImportOutcome.Imported>();
        var outcome = ReleaseLoader.Load([new("imported.yaml", imported.Documents), new("defaults.yaml", Rules.Defaults("{default: deny}"))]);
        var content = outcome.ShouldBeOfType<LoadOutcome.Loaded>((outcome as LoadOutcome.Rejected)?.Faults[0].ToString()).Content;
        content.Policies.Single().Rules.Length.ShouldBe(imported.Rules);
        return (SnapshotBuilder.Build(content).Policies, imported.Gaps);
    }
}
