using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Core.Approvals;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Budgets;
using Paddock.Core.Models;
using Paddock.Core.Modes;
using Paddock.Core.Policies;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Core.Releases;

/// <summary>A release that passed every check: its files and the documents in them, in the order of the manifest.</summary>
public sealed record ReleaseContent
{
    public required ReleaseDigest Digest { get; init; }

    /// <summary>The files to store. They hold the environment's providers too, when the release had none of its own.</summary>
    public required ImmutableArray<SourceFile> Files { get; init; }

    /// <summary>Every document, for lists and reviews.</summary>
    public required ImmutableArray<DocumentHead> Documents { get; init; }

    public required ImmutableArray<Provider> Providers { get; init; }

    public required ImmutableArray<ModelRoute> Routes { get; init; }

    public required ImmutableArray<Model> Models { get; init; }

    public required ImmutableArray<Budget> Budgets { get; init; }

    public required ImmutableArray<ApprovalChain> Chains { get; init; }

    public ImmutableArray<Policy> Policies { get; init; } = [];

    public ImmutableArray<PolicyBinding> Bindings { get; init; } = [];

    public ImmutableArray<Mode> Modes { get; init; } = [];

    public ImmutableArray<TeamProfile> Profiles { get; init; } = [];

    public ImmutableArray<Slo> Slos { get; init; } = [];

    public ImmutableArray<AlertRule> AlertRules { get; init; } = [];

    public ImmutableArray<Runbook> Runbooks { get; init; } = [];

    public RetentionRules Retention { get; init; } = RetentionRules.None;

    public required ReleaseDefaults Defaults { get; init; }
}

/// <summary>What every document says of itself, and where it stands.</summary>
/// <param name="Owner">Whom to ask: a team, a person, a mailbox.</param>
public sealed record DocumentHead(string Kind, string Name, string Owner, string File, int Line);
