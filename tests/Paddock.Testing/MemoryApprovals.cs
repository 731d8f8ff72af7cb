using System.Collections.Immutable;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Testing;

/// <summary>Approvals in memory, decided by the test; what follows is the product's own machine.</summary>
public sealed class MemoryApprovals(TimeProvider time) : IApprovals
{
    private readonly Lock gate = new();
    private readonly Dictionary<ApprovalId, Approval> all = [];
    private readonly HashSet<ApprovalId> held = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Approval> All
    {
        get
        {
            lock (gate)
            {
                return [.. all.Values.OrderBy(approval => approval.CreatedAt)];
            }
        }
    }

    /// <summary>Intents that were written, each with its approval.</summary>
    public List<ToolIntent> Intents { get; } = [];

    /// <summary>Waits until so many requests were made, and returns the newest.</summary>
    public async Task<Approval> AskedAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = changed.Task;
            if (All is { } now && now.Count >= count)
            {
                return now[^1];
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until somebody holds a call for it: from then on a clock may be moved to the end of their patience.</summary>
    public async Task HeldAsync(ApprovalId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                next = changed.Task;
                if (held.Contains(id))
                {
                    return;
                }
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    public void Decide(ApprovalId id, bool approve)
    {
        lock (gate)
        {
            all[id] = all[id] with { State = approve ? ApprovalState.Approved : ApprovalState.Denied, DecidedAt = time.GetUtcNow() };
            Signal();
        }
    }

    public Task<AskOutcome> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var equal = all.Values.FirstOrDefault(one => one.Digest == request.Subject.Digest && one.State is ApprovalState.Pending or ApprovalState.Approved or ApprovalState.Denied);
            if (equal is not null)
            {
                return Task.FromResult<AskOutcome>(new AskOutcome.Joined(equal));
            }

            if (ApprovalMachine.Open(request, ApprovalId.Create(Guid.NewGuid()), time.GetUtcNow()) is not ApprovalOutcome.Changed opened)
            {
                return Task.FromResult<AskOutcome>(new AskOutcome.Refused(ApprovalRefusal.NobodyAsked));
            }

            all[opened.Approval.Id] = opened.Approval;
            Signal();
            return Task.FromResult<AskOutcome>(new AskOutcome.Created(opened.Approval));
        }
    }

    public Task<ApprovalResult> ConsumeAsync(ApprovalId id, ApprovalUse use, ToolIntent intent, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var result = Apply(id, new ApprovalCommand.Consume(use, static _ => null));
            if (result is ApprovalResult.Done)
            {
                Intents.Add(intent);
            }

            return Task.FromResult(result);
        }
    }

    public async Task<Approval?> WaitAsync(ApprovalId id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            held.Add(id);
            Signal();
        }

        while (true)
        {
            var next = changed.Task;
            if (await FindAsync(id, cancellationToken) is not { State: ApprovalState.Pending })
            {
                return await FindAsync(id, cancellationToken);
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    public Task<Approval?> FindAsync(ApprovalId id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(all.GetValueOrDefault(id));
        }
    }

    public Task<ApprovalResult> VoteAsync(ApprovalId id, Ballot ballot, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ApprovalResult> CancelAsync(ApprovalId id, AuditActor by, string? reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ApprovalResult> RevokeAsync(ApprovalId id, AuditActor by, string? reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<Approval>> ListAsync(ApprovalQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task NoteSeenAsync(IReadOnlyCollection<ApprovalId> ids, PrincipalId by, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ShapeCount> CountAsync(SubjectDigest shape, DateTimeOffset since, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<ApproverFigures>> FiguresAsync(DateTimeOffset since, CancellationToken cancellationToken) => throw new NotSupportedException();

    private ApprovalResult Apply(ApprovalId id, ApprovalCommand command)
    {
        var before = all[id];
        switch (ApprovalMachine.Apply(before, command, time.GetUtcNow()))
        {
            case ApprovalOutcome.Changed after:
                all[id] = after.Approval;
                Signal();
                return new ApprovalResult.Done(after.Approval);
            case ApprovalOutcome.Refused refused:
                return new ApprovalResult.Refused(refused.Reason, before);
            default:
                throw new InvalidOperationException("An outcome is one of its cases.");
        }
    }

    private void Signal()
    {
        var old = changed;
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        old.SetResult();
    }
}
