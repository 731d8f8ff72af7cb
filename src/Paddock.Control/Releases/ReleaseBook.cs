using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Budgets;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Notifications;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Releases;

/// <summary>What became of a release that was to be put in force.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome()
    {
    }

    /// <param name="Changed">False when it was in force already.</param>
    public sealed record InForce(ReleaseContent Release, bool Changed) : PublishOutcome;

    /// <summary>Refused; what was in force stays.</summary>
    public sealed record Refused(IReadOnlyList<ReleaseFault> Faults) : PublishOutcome;

    public sealed record Missing : PublishOutcome;

    /// <summary>Whoever asked may not change how firmly policies are bound.</summary>
    public sealed record NotPermitted(ImmutableArray<EnforcementChange> Changes) : PublishOutcome;
}

/// <summary>
/// The one place where a release is loaded, stored, put in force and compiled to the snapshot, one at a time. The use cases, the
/// watched directory and the start of the server all come here.
/// </summary>
public sealed class ReleaseBook(
    IReleaseStore store, ISnapshots snapshots, BudgetBook budgets, ILedgerReader spending, INotifications notifications, IAuditLog audit, ReleaseRejections rejections, TimeProvider time, ILogger<ReleaseBook> logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile ReleaseContent? current;

    /// <summary>The release in force; null until the first one is.</summary>
    public ReleaseContent? Current => current;

    /// <summary>Set when a directory rules: then only its files change the release.</summary>
    public string? Directory { get; set; }

    /// <summary>The environment's providers; a release that holds none takes them in.</summary>
    public IReadOnlyList<SourceFile> FromEnvironment { get; set; } = [];

    /// <summary>Says whether a release would be taken.</summary>
    public LoadOutcome Check(IReadOnlyList<SourceFile> files) => ReleaseLoader.Load(files, FromEnvironment);

    /// <summary>Stores a release without putting it in force.</summary>
    public async Task<LoadOutcome> ImportAsync(IReadOnlyList<SourceFile> files, Actor by, CancellationToken cancellationToken)
    {
        var outcome = Check(files);
        if (outcome is LoadOutcome.Loaded loaded)
        {
            await StoreAsync(loaded.Content, by, cancellationToken);
            rejections.Taken(by);
            Log.ReleaseImported(logger, loaded.Content.Digest.Short, by.Id);
        }
        else if (outcome is LoadOutcome.Rejected rejected)
        {
            Reject(files, rejected.Faults, by);
        }

        return outcome;
    }

    /// <summary>Loads, stores and puts in force, or refuses it whole.</summary>
    public Task<PublishOutcome> PublishAsync(IReadOnlyList<SourceFile> files, Actor by, CancellationToken cancellationToken) =>
        InTurnAsync(
            async () =>
            {
                switch (Check(files))
                {
                    case LoadOutcome.Loaded { Content: var content } when content.Digest == current?.Digest:
                        rejections.Taken(by);
                        return new PublishOutcome.InForce(content, Changed: false);
                    case LoadOutcome.Loaded { Content: var content }:
                        return await ForbiddenAsync(content, by, cancellationToken) ?? await TakeAsync(content, by, cancellationToken);
                    case LoadOutcome.Rejected { Faults: var faults }:
                        return Refuse(files, faults, by);
                    default:
                        throw new InvalidOperationException("A load has two outcomes.");
                }
            },
            cancellationToken);

    /// <summary>Puts a stored release in force.</summary>
    public Task<PublishOutcome> ActivateAsync(ReleaseDigest digest, Actor by, CancellationToken cancellationToken) =>
        InTurnAsync(
            async () => await store.FindAsync(digest, cancellationToken) is not { } stored ? new PublishOutcome.Missing() : ReleaseLoader.Load(stored.Files) switch
            {
                LoadOutcome.Loaded { Content: var content } => await ForbiddenAsync(content, by, cancellationToken) ?? await PutInForceAsync(content, by, cancellationToken),
                LoadOutcome.Rejected { Faults: var faults } => Refuse(stored.Files, faults, by),
                _ => throw new InvalidOperationException("A load has two outcomes."),
            },
            cancellationToken);

    /// <summary>Serves the release that was in force last, however this process came to start.</summary>
    public Task<PublishOutcome> ResumeAsync(CancellationToken cancellationToken) =>
        InTurnAsync(
            async () =>
            {
                if (await store.ActiveAsync(cancellationToken) is not { } stored)
                {
                    return new PublishOutcome.Missing();
                }

                if (ReleaseLoader.Load(stored.Files) is not LoadOutcome.Loaded { Content: var content })
                {
                    return new PublishOutcome.Refused(((LoadOutcome.Rejected)ReleaseLoader.Load(stored.Files)).Faults);
                }

                await ServeAsync(content, cancellationToken);
                Log.ReleaseResumed(logger, content.Digest.Short, content.Documents.Length, stored.Origin);
                return new PublishOutcome.InForce(content, Changed: true);
            },
            cancellationToken);

    /// <summary>Puts into the audit log that files were not taken as a release.</summary>
    public void Reject(IReadOnlyList<SourceFile> files, IReadOnlyList<ReleaseFault> faults, Actor by)
    {
        rejections.Rejected(by, faults);
        audit.Post(ReleaseEntries.Rejected(ReleaseManifest.Digest(files), "faults", faults.Count, by.Audited));
    }

    public void Dispose() => gate.Dispose();

    private async Task<PublishOutcome> InTurnAsync(Func<Task<PublishOutcome>> change, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Of what was bound, nothing is bound otherwise without the role for that.</summary>
    private async Task<PublishOutcome?> ForbiddenAsync(ReleaseContent content, Actor by, CancellationToken cancellationToken)
    {
        if (by.May(ControlRoles.Enforcement) || await ChangesOfAsync(content, cancellationToken) is not { IsEmpty: false } changes)
        {
            return null;
        }

        audit.Post(ReleaseEntries.Rejected(content.Digest, "role", changes.Length, by.Audited));
        return new PublishOutcome.NotPermitted(changes);
    }

    private async Task<ImmutableArray<EnforcementChange>> ChangesOfAsync(ReleaseContent content, CancellationToken cancellationToken) =>
        await BeforeAsync(cancellationToken) is { } before ? EnforcementChanges.Between(before, content) : [];

    /// <summary>What is in force, or was when this installation stopped.</summary>
    private async Task<ReleaseContent?> BeforeAsync(CancellationToken cancellationToken) =>
        current ?? (await store.ActiveAsync(cancellationToken) is { } stored && ReleaseLoader.Load(stored.Files) is LoadOutcome.Loaded loaded ? loaded.Content : null);

    private async Task<PublishOutcome> TakeAsync(ReleaseContent content, Actor by, CancellationToken cancellationToken)
    {
        await StoreAsync(content, by, cancellationToken);
        return await PutInForceAsync(content, by, cancellationToken);
    }

    private Task StoreAsync(ReleaseContent content, Actor by, CancellationToken cancellationToken) =>
        store.ImportAsync(new(content.Digest, content.Files, time.GetUtcNow(), by.Id), content.Documents.Length, by.Audited, cancellationToken);

    private PublishOutcome.Refused Refuse(IReadOnlyList<SourceFile> files, IReadOnlyList<ReleaseFault> faults, Actor by)
    {
        Reject(files, faults, by);
        Log.ReleaseRefused(logger, by.Id, faults.Count, string.Join(Environment.NewLine, faults));
        return new(faults);
    }

    private async Task<PublishOutcome> PutInForceAsync(ReleaseContent content, Actor by, CancellationToken cancellationToken)
    {
        var changed = current?.Digest != content.Digest;
        var changes = await ChangesOfAsync(content, cancellationToken);
        if ((await store.ActiveAsync(cancellationToken))?.Digest != content.Digest)
        {
            await store.ActivateAsync(content.Digest, changes, by.Audited, time.GetUtcNow(), cancellationToken);
        }

        await ServeAsync(content, cancellationToken);
        rejections.Taken(by);
        Log.ReleaseInForce(logger, content.Digest.Short, content.Documents.Length, by.Id);
        if (!changes.IsEmpty)
        {
            Log.EnforcementChanged(logger, content.Digest.Short, by.Id, string.Join("; ", changes));
            notifications.Post(ReleaseNotices.EnforcementChanged(content.Digest, changes, by.Id, time.GetUtcNow()));
        }

        return new PublishOutcome.InForce(content, changed);
    }

    /// <summary>Budgets learn what was spent before the first call is judged by them.</summary>
    private async Task ServeAsync(ReleaseContent content, CancellationToken cancellationToken)
    {
        var snapshot = SnapshotBuilder.Build(content);
        var now = time.GetUtcNow();
        if (BudgetBook.SeedFrom(snapshot, now) is { } since)
        {
            budgets.Seed(snapshot, await spending.SpendSinceAsync(since, cancellationToken), now);
        }

        snapshots.Publish(snapshot);
        current = content;
    }
}
