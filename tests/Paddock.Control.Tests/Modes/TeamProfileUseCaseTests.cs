using Paddock.Control.Modes;
using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Tests.Modes;

/// <summary>Team profiles as operators see them.</summary>
public class TeamProfileUseCaseTests
{
    private const string Documents = """
        apiVersion: paddock/v1alpha1
        kind: Mode
        metadata: {name: planning, owner: tests}
        spec: {slug: architect, name: Architect, role: You plan., groups: [read]}
        ---
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: everybody, owner: tests}
        spec: {output: Be brief.}
        ---
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: developers, owner: tests}
        spec: {for: {teams: [core]}, priority: 10, modes: {preferred: [planning], forbidden: [orchestrator]}}
        """;

    private static readonly Actor viewer = new("usr_00000000000000000000000000000001", ControlRoles.Viewer);
    private static readonly SnapshotHolder snapshots = new(SnapshotBuilder.Build(((LoadOutcome.Loaded)ReleaseLoader.Load([new("a.yaml", Documents)])).Content));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_listed_in_the_order_in_which_they_hold()
    {
        var list = (await new ListTeamProfiles(snapshots).RunAsync(viewer, Cancellation)).ShouldBeDone();

        list.Profiles.Select(static profile => profile.Name).ShouldBe(["developers", "everybody"]);
        list.Profiles[0].Modes.ShouldBe(["architect"]);
        list.Profiles[0].ForbiddenModes.ShouldBe(["orchestrator"]);
        list.Profiles[0].Priority.ShouldBe(10);
    }

    [Fact]
    public async Task One_is_written_by_every_agents_writer()
    {
        var use = new WriteTeamProfile(snapshots, [new Named("roo-code"), new Named("kilo")]);

        var files = (await use.RunAsync(viewer, "developers", Cancellation)).ShouldBeDone();

        files.Files.ShouldBe([new("roo-code", "developers.txt", "here", "architect"), new("kilo", "developers.txt", "here", "architect")]);
        (await use.RunAsync(viewer, "others", Cancellation)).ShouldBeMissing();
    }

    [Fact]
    public async Task Whoever_may_not_look_sees_none()
    {
        var nobody = viewer with { Roles = ControlRoles.Identity };

        (await new ListTeamProfiles(snapshots).RunAsync(nobody, Cancellation)).ShouldBeForbidden(ControlRoles.Viewer);
        (await new WriteTeamProfile(snapshots, []).RunAsync(nobody, "developers", Cancellation)).ShouldBeForbidden(ControlRoles.Viewer);
    }

    private sealed class Named(string agent) : IProfileFiles
    {
        public string Agent => agent;

        public IEnumerable<ProfileFile> Of(TeamProfile profile, TeamProfiles profiles) => [new(profile.Name + ".txt", "here", string.Join(' ', profiles.PreferredBy(profile).Select(static mode => mode.Slug)))];
    }
}
