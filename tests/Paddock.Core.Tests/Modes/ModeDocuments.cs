using System.Collections.Immutable;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Core.Tests.Policies;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Modes;

/// <summary>Releases made of modes and team profiles, and calls in them.</summary>
internal static class ModeDocuments
{
    public static string Mode(string name, string spec) => Document("Mode", name, spec);

    public static string Profile(string name, string spec) => Document("TeamProfile", name, spec);

    public static string Document(string kind, string name, string spec) => $"""
        ---
        apiVersion: paddock/v1alpha1
        kind: {kind}
        metadata: {"{"}name: {name}, owner: platform{"}"}
        spec:
        {string.Join('\n', spec.Split('\n').Select(line => "  " + line))}

        """;

    public static string Plain(string name, string groups = "[read]", string more = "") => Mode(name, $"name: {name}\nrole: You work.\ngroups: {groups}\n{more}");

    public static GovernanceSnapshot Taken(params string[] documents) => Rules.Load(documents) switch
    {
        LoadOutcome.Loaded loaded => SnapshotBuilder.Build(loaded.Content),
        LoadOutcome.Rejected rejected => throw new InvalidOperationException(string.Join('\n', rejected.Faults)),
        _ => throw new InvalidOperationException(),
    };

    public static Principal Person(string name, params string[] teams) => new()
    {
        Id = PrincipalId.Create(PrincipalKind.User, new Guid(name.GetHashCode(StringComparison.Ordinal), 0, 0, new byte[8])),
        Kind = PrincipalKind.User,
        Name = name,
        Teams = [.. teams],
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>What the rules say of a call by somebody of the team <c>core</c>.</summary>
    public static string Say(this GovernanceSnapshot snapshot, string? mode, string tool, ToolClass cls, params string[] paths) =>
        snapshot.Policies.Say(Rules.Call(new(cls) { Paths = paths }, facts => Tell(facts, mode, tool)));

    public static string SayOfLine(this GovernanceSnapshot snapshot, string? mode, string line) => snapshot.Policies.Say(Rules.Command(line, facts => Tell(facts, mode, "execute_command")));

    public static void Tell(FactValues facts, string? mode, string tool, string user = "ada", params string[] teams)
    {
        facts.Set(Fact.CallTool, tool);
        facts.Set(Fact.TaskMode, mode);
        facts.Set(Fact.UserId, user);
        facts.Set(Fact.UserTeams, teams.Length == 0 ? ImmutableArray.Create("core") : [.. teams]);
    }
}
