using Paddock.Core.Modes;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Core.Tools;
using Paddock.Testing;

namespace Paddock.Core.Tests.Modes;

/// <summary>The team profiles to copy in <c>examples/team-profiles/</c>.</summary>
public class TeamProfileExampleTests
{
    private static readonly string root = RepositoryFolder.Of("examples", "team-profiles");

    public static TheoryData<string> All { get; } = [.. Directory.GetDirectories(root).Select(directory => Path.GetFileName(directory)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public void Each_is_a_release_that_is_taken_as_it_stands(string name)
    {
        var profile = Load(name).Profiles.All.ShouldHaveSingleItem();

        profile.Name.ShouldBe(name);
        profile.Output.ShouldNotBeNull();
        profile.Models.ShouldNotBeNull();
    }

    [Fact]
    public void There_are_the_four_that_the_guide_names() => All.Select(row => row.Data).ShouldBe(["debug-deep", "dev-fast", "private-compliance", "release-safe"]);

    [Theory]
    [InlineData("dev-fast", "developers", "architect", "write_to_file", ToolClass.Edit, "src/a.cs", "Deny mode:architect/files")]
    [InlineData("dev-fast", "developers", "code", "write_to_file", ToolClass.Edit, "src/a.cs", "Allow")]
    [InlineData("dev-fast", "developers", "translate", "write_to_file", ToolClass.Edit, "src/a.cs", "Deny mode:ask@dev-fast/edit")]
    [InlineData("debug-deep", "on-call", "debug", "write_to_file", ToolClass.Edit, "src/a.cs", "Deny mode:investigate/edit")]
    [InlineData("debug-deep", "on-call", "fix", "write_to_file", ToolClass.Edit, "src/a.cs", "Allow")]
    [InlineData("release-safe", "release-managers", "release-notes", "write_to_file", ToolClass.Edit, "docs/releases/2.md", "Allow")]
    [InlineData("release-safe", "release-managers", "release-notes", "write_to_file", ToolClass.Edit, "docs/releases/../../x.md", "Deny mode:release-notes/files")]
    [InlineData("release-safe", "release-managers", "release-check", "execute_command", ToolClass.Command, null, "RequireApproval team-profile:release-safe/approve-command")]
    [InlineData("release-safe", "release-managers", "code", "read_file", ToolClass.Read, "a", "Deny team-profile:release-safe/forbidden-mode")]
    [InlineData("private-compliance", "payroll", "careful", "write_to_file", ToolClass.Edit, "src/a.cs", "RequireApproval team-profile:private-compliance/approve-edit")]
    [InlineData("private-compliance", "payroll", "careful", "write_to_file", ToolClass.Edit, ".github/workflows/ci.yml", "Deny mode:careful/files")]
    [InlineData("private-compliance", "others", "careful", "write_to_file", ToolClass.Edit, ".github/workflows/ci.yml", "Allow")]
    public void Each_does_what_the_guide_says_of_it(string name, string team, string mode, string tool, ToolClass cls, string? path, string says)
    {
        var subject = Policies.Rules.Call(new(cls) { Paths = path is null ? [] : [path] }, facts => ModeDocuments.Tell(facts, mode, tool, "ada", team));

        Policies.Rules.Say(Load(name).Policies, subject).ShouldBe(says);
    }

    private static GovernanceSnapshot Load(string name)
    {
        var directory = Path.Combine(root, name);
        var files = Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal).Select(file => SourceFile.FromBytes(Path.GetFileName(file), File.ReadAllBytes(file)));
        return ReleaseLoader.Load([.. files]) switch
        {
            LoadOutcome.Loaded loaded => SnapshotBuilder.Build(loaded.Content),
            LoadOutcome.Rejected rejected => throw new InvalidOperationException(string.Join('\n', rejected.Faults)),
            _ => throw new InvalidOperationException(),
        };
    }
}
