using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Snapshot;
using Paddock.Core.Tasks;

namespace Paddock.Gateway.Guard;

/// <summary>Who calls a tool, for which task and under which release: all that is known of a tool call without looking at it.</summary>
internal interface ICallOrigin
{
    /// <summary>Decisions are numbered under it.</summary>
    CallId Id { get; }

    Caller Caller { get; }

    GovernanceSnapshot Snapshot { get; }

    TaskFacts Task { get; }

    /// <summary>Paddock's task id; null when nothing identifies a task.</summary>
    string? TaskId { get; }

    /// <summary>How the client behind the call stands; null when no rule asks, or it cannot be told.</summary>
    ClientStanding? Client { get; }

    /// <summary>The model that was asked for; null when the call came from none that we know.</summary>
    string? Model { get; }

    /// <summary>The model as its provider calls it; null when not known.</summary>
    string? UpstreamModel => null;

    /// <summary>The provider that served it; null when not known.</summary>
    string? Provider { get; }

    /// <summary>The route that it was resolved to; null when there is none.</summary>
    string? Route => null;

    /// <summary>Whether whoever waits for a decision hears meanwhile that the connection lives, so that it can wait long.</summary>
    bool HearsPings { get; }

    /// <summary>Whether the agent says that it runs on Windows.</summary>
    bool IsOnWindows => false;

    /// <summary>Whether whoever asks waits for an approval at all, or is told at once that one is needed.</summary>
    bool Holds => true;

    /// <summary>The folder the agent works in, for those who read a request; null when the call comes without.</summary>
    string? Folder => null;

    /// <summary>Whether who enforces the decision is told what rules want to happen besides, and must do it; otherwise Paddock has to.</summary>
    bool HandsObligationsOn => false;

    /// <summary>Cancelled when nobody waits for the decision any more.</summary>
    CancellationToken Gone { get; }

    /// <summary>Number of the next decision.</summary>
    int NextDecision();
}
