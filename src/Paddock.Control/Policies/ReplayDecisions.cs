using Paddock.Control.Releases;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Policies;

/// <summary>Decisions to be judged again by a release that is not in force yet.</summary>
public sealed record ReplayInput
{
    /// <summary>The candidate's documents; left out when it is imported already.</summary>
    public IReadOnlyList<FileInput>? Files { get; init; }

    /// <summary>The candidate's digest, or the beginning of it.</summary>
    public string? Release { get; init; }

    /// <summary>What is compared with: <c>recorded</c> (what was decided then), <c>active</c>, or a release's digest.</summary>
    public string Against { get => field ?? "recorded"; init; } = "recorded"; // a body without it sets null

    /// <summary>Only decisions since this moment.</summary>
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }
}

/// <summary>Judges remembered decisions again by a candidate and tells what would change. Changes nothing.</summary>
public sealed class ReplayDecisions(FindPolicies policies, ReleaseBook book, IDecisions decisions, IIdentities identities, TimeProvider time) : IDisposable
{
    private const int Batch = 256;
    private readonly SemaphoreSlim gate = new(1, 1);

    public async Task<Outcome<ReplayView>> RunAsync(Actor actor, ReplayInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Policy))
        {
            return new Outcome<ReplayView>.Forbidden(ControlRoles.Policy);
        }

        if (input.Files is null == input.Release is null)
        {
            return new Outcome<ReplayView>.Invalid("release", "Give the candidate's 'files', or the 'release' it was imported as.");
        }

        var candidate = input.Files is { } files ? Loaded(files) : (await policies.FindAsync(input.Release!, cancellationToken), []); // one of the two is there
        if (candidate.Policies is null)
        {
            return candidate.Faults.Count > 0 ? new Outcome<ReplayView>.Faulty(candidate.Faults) : new Outcome<ReplayView>.NotFound(FindRelease.Missing);
        }

        var against = input.Against == "recorded" ? null : await policies.FindAsync(input.Against, cancellationToken);
        if (input.Against != "recorded" && against is null)
        {
            return new Outcome<ReplayView>.NotFound(FindRelease.Missing);
        }

        // It reads every decision of the time asked for; two at once would only be slow together.
        if (!await gate.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return new Outcome<ReplayView>.Conflict("Decisions are being replayed already; wait until that is done.");
        }

        try
        {
            return await ReplayAsync(candidate.Policies, against, input, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<Outcome<ReplayView>> ReplayAsync(FoundPolicies candidate, FoundPolicies? against, ReplayInput input, CancellationToken cancellationToken)
    {
        await decisions.FlushAsync(cancellationToken);
        var begun = time.GetTimestamp();
        var replay = new DecisionReplay(candidate.Policies, against?.Policies);
        var batches = decisions.ReadAsync(new() { Since = input.Since, Until = input.Until }, cancellationToken).Chunk(Batch);

        // While one batch is read the ones before it are judged.
        await Parallel.ForEachAsync(batches, cancellationToken, (batch, _) =>
        {
            foreach (var decision in batch)
            {
                replay.Add(decision);
            }

            return ValueTask.CompletedTask;
        });
        return new Outcome<ReplayView>.Done(ReplayView.Of(candidate.Digest, against?.Digest.Value ?? "recorded", input, replay.Report(), identities.Current, time.GetElapsedTime(begun)));
    }

    private (FoundPolicies? Policies, IReadOnlyList<ReleaseFault> Faults) Loaded(IReadOnlyList<FileInput> files) => book.Check([.. files.Select(file => new SourceFile(file.Path, file.Text))]) switch
    {
        LoadOutcome.Loaded { Content: var content } => (new(content.Digest, SnapshotBuilder.Build(content).Policies), []),
        LoadOutcome.Rejected { Faults: var faults } => (null, faults),
        _ => throw new InvalidOperationException("A load has two outcomes."),
    };
}
