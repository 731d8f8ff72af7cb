using System.Collections.Frozen;
using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Core.Approvals;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Budgets;
using Paddock.Core.Mitigations;
using Paddock.Core.Models;
using Paddock.Core.Modes;
using Paddock.Core.Policies;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;

namespace Paddock.Core.Snapshot;

/// <summary>Everything a call needs to be judged, compiled from one release. Immutable: a call keeps the one it started with.</summary>
public sealed record GovernanceSnapshot
{
    public required ReleaseDigest Digest { get; init; }

    /// <summary>In the order of preference for models that no document names.</summary>
    public required ImmutableArray<Provider> Providers { get; init; }

    public required FrozenDictionary<string, Provider> ProvidersByName { get; init; }

    public required FrozenDictionary<string, ModelRoute> Routes { get; init; }

    public required FrozenDictionary<string, Model> Models { get; init; }

    public required ImmutableArray<Budget> Budgets { get; init; }

    public FrozenDictionary<string, ApprovalChain> Chains { get; init; } = FrozenDictionary<string, ApprovalChain>.Empty;

    /// <summary>How teams work with their agents.</summary>
    public TeamProfiles Profiles { get; init; } = TeamProfiles.None;

    /// <summary>The rules for tool calls, those of modes and team profiles among them.</summary>
    public PolicySet Policies { get; init; } = PolicySet.Empty;

    /// <summary>How long kept content stays.</summary>
    public RetentionRules Retention { get; init; } = RetentionRules.None;

    /// <summary>Objectives, the shipped ones too.</summary>
    public ImmutableArray<Slo> Slos { get; init; } = [];

    /// <summary>When somebody is told, the shipped rules too.</summary>
    public ImmutableArray<AlertRule> AlertRules { get; init; } = [];

    /// <summary>What is done when something goes wrong, the shipped ones too.</summary>
    public ImmutableArray<Runbook> Runbooks { get; init; } = [];

    public required ReleaseDefaults Defaults { get; init; }

    /// <summary>What is served otherwise for a while than the release says; the rest of the snapshot has it already where it can.</summary>
    public MitigationSet Mitigations { get; init; } = MitigationSet.Empty;
}

/// <summary>What the <c>Release</c> document settles.</summary>
public sealed record ReleaseDefaults
{
    /// <summary>Whether a model that no document names goes to the first provider speaking the wire. Starter: true.</summary>
    public bool AllowUnlistedModels { get; init; } = true;

    /// <summary>What an unknown price means: charge <see cref="FallbackPrice"/>, or refuse the call. Never free.</summary>
    public bool RefuseUnpriced { get; init; }

    /// <summary>Charged when the price file does not know a model. Default 5 and 25 USD per million tokens.</summary>
    public Price FallbackPrice { get; init; } = new() { InputPerMtok = 5m, OutputPerMtok = 25m };

    /// <summary>What happens to a tool call that no rule allows, refuses or holds. Starter: it is allowed.</summary>
    public ToolDefaults Tools { get; init; } = ToolDefaults.Pilot;
}

/// <summary>The live snapshots.</summary>
public interface ISnapshots
{
    /// <summary>The snapshot for one call (today the same for all; later sticky per task for canaries).</summary>
    GovernanceSnapshot For(string principalId, string? task);

    GovernanceSnapshot Current { get; }

    /// <summary>Swaps in a new snapshot; calls that run keep theirs.</summary>
    void Publish(GovernanceSnapshot snapshot);

    /// <summary>Serves the release that is there, and those that come, as these ask for.</summary>
    void Mitigate(MitigationSet mitigations);
}
