using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;
using Paddock.Core.Tasks;

namespace Paddock.Gateway.Guard;

/// <summary>Where a call comes from that somebody outside asks about.</summary>
internal sealed class OutsideOrigin : ICallOrigin
{
    private int decisions;

    public required CallId Id { get; init; }

    public required Caller Caller { get; init; }

    public required GovernanceSnapshot Snapshot { get; init; }

    public required TaskFacts Task { get; init; }

    public required string? TaskId { get; init; }

    public ClientStanding? Client { get; set; }

    public string? Model { get; init; }

    public string? Provider => null;

    /// <summary>A hook hears nothing until it is answered.</summary>
    public bool HearsPings => false;

    public bool Holds { get; init; }

    public string? Folder { get; init; }

    public bool HandsObligationsOn { get; init; }

    /// <summary>A folder on a drive.</summary>
    public bool IsOnWindows => Folder is [var drive, ':', ..] && char.IsAsciiLetter(drive);

    public CancellationToken Gone { get; init; }

    public int NextDecision() => Interlocked.Increment(ref decisions);

    /// <summary>What the key pins wins over what is said.</summary>
    public static TaskFacts Pinned(OutsideCall call)
    {
        var scopes = call.Caller.Key.Scopes;
        return call.Task with
        {
            Agent = scopes.PinnedAgent ?? call.Task.Agent,
            Mode = scopes.PinnedMode ?? call.Task.Mode,
            Repository = scopes.PinnedRepository ?? call.Task.Repository,
            AgentVerified = scopes.PinnedAgent is not null,
            ModeVerified = scopes.PinnedMode is not null,
            RepositoryVerified = scopes.PinnedRepository is not null,
        };
    }
}
