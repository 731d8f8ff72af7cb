namespace Paddock.Core.Tasks;

/// <summary>The states of one task and what moves it between them. Takes moments in the order of time; pure.</summary>
internal sealed class TaskMachine(FoldRules rules)
{
    private const string TakenBack = "taken_back", ChecksFailed = "checks_failed", Rejected = "rejected";

    private readonly HashSet<string> held = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly WaitingTime waiting = new();
    private readonly HashSet<string> failing = new(StringComparer.Ordinal);
    private TaskMoment? fault, answer;
    private VerdictFact? standing;
    private DateTimeOffset? stateAt, acceptedAt;
    private TimeSpan waitedBefore;
    private bool worksSinceClaim, worksSinceTakenBack = true;
    private int failures;

    public AgentTaskState State { get; private set; } = AgentTaskState.Started;

    public SuccessSource? Source { get; private set; }

    public string? Reason { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    public DateTimeOffset? ClaimedAt { get; private set; }

    public bool EverClaimed { get; private set; }

    public bool WasRestored { get; private set; }

    public bool WasRevertedByCommand { get; private set; }

    public bool WasRevertedByScm { get; private set; }

    public DateTimeOffset? EndedAt => !State.IsTerminal() ? null : IsAboutDoneWork ? DoneAt : stateAt;

    /// <summary>When silence changes the state next.</summary>
    public DateTimeOffset? DueAt => State.IsTerminal() || LastAt == default ? null : Silence().At;

    /// <param name="moments">In the order of time.</param>
    /// <param name="now">Silence lasts until this moment.</param>
    /// <param name="past">Null when every fact is there.</param>
    public static TaskMachine Run(IEnumerable<TaskMoment> moments, FoldRules rules, DateTimeOffset now, TaskPast? past)
    {
        var machine = new TaskMachine(rules);
        if (past is not null)
        {
            machine.GoOnFrom(past);
        }

        foreach (var moment in moments.Where(one => past is null || one.At >= past.Since))
        {
            machine.Take(moment);
        }

        machine.Settle(now);
        return machine;
    }

    private void GoOnFrom(TaskPast past)
    {
        var task = past.Task;
        (EverClaimed, WasRestored, WasRevertedByCommand, WasRevertedByScm) = (task.EverClaimed, task.WasRestored, task.WasRevertedByCommand, task.WasRevertedByScm);
        (ClaimedAt, waitedBefore) = (past.ClaimedAt, past.ClaimedAt is null ? TimeSpan.Zero : task.Waited);
        (State, Source, Reason, LastAt, stateAt) = past.IsWhole ? (task.State, task.Source, task.Reason, task.LastAt, task.EndedAt) : (AgentTaskState.Active, null, null, default, null);
        acceptedAt = ClaimedAt is null && EverClaimed ? stateAt : null;
        worksSinceTakenBack = State is not AgentTaskState.RolledBack || !EverClaimed;
    }

    private void Take(TaskMoment moment)
    {
        Settle(moment.At);
        if (moment.Kind is MomentKind.Answered && answer is not null)
        {
            Claim(LastAt); // the person has the floor: it was the agent's last answer
        }

        if (moment.Kind is not (MomentKind.Verdict or MomentKind.RevertedByCommand or MomentKind.Restored))
        {
            LastAt = moment.At;
            answer = moment.Kind is MomentKind.Seen ? answer : null;
        }

        Move(moment);
        waiting.Mark(State is AgentTaskState.WaitingApproval or AgentTaskState.WaitingPerson, moment.At);
    }

    /// <summary>What silence up to a moment means.</summary>
    private void Settle(DateTimeOffset now)
    {
        var (at, state, reason) = Silence();
        if (State.IsTerminal() || LastAt == default || now < at)
        {
            return;
        }

        if (state is AgentTaskState.ClaimedComplete)
        {
            Claim(LastAt);
        }
        else
        {
            Become(state, at, reason: reason);
        }

        waiting.Mark(false, at);
    }

    /// <summary>How long it waited for people until a moment.</summary>
    public TimeSpan WaitedUntil(DateTimeOffset until) => waitedBefore + waiting.Until(until);

    /// <summary>When the work was said to be done: by its agent or, where that never did, by who first accepted it.</summary>
    private DateTimeOffset? DoneAt => ClaimedAt ?? acceptedAt;

    /// <summary>Whether the state says something about work that was said to be done.</summary>
    private bool IsAboutDoneWork => DoneAt is not null && (State.IsSuccess() || State is AgentTaskState.RolledBack || Reason is ChecksFailed or Rejected);

    private (DateTimeOffset At, AgentTaskState State, string? Reason) Silence() => fault switch
    {
        { } ended => (LastAt + rules.Quiet, ended.Leads, ended.Reason),
        null when answer is not null => (LastAt + rules.Quiet, AgentTaskState.ClaimedComplete, null),
        null when failures >= rules.StuckFailures => (LastAt + rules.Quiet, AgentTaskState.Stuck, "failures"),
        _ => (LastAt + rules.AbandonAfter, AgentTaskState.Abandoned, "silence"),
    };

    private void Move(TaskMoment moment)
    {
        switch (moment.Kind)
        {
            case MomentKind.Began:
                (fault, failures) = (null, State is AgentTaskState.Active ? failures : 0);
                answer = moment.Flag ? moment : null;
                asked.Clear();
                Become(Waiting(), moment.At);
                break;
            case MomentKind.Asked when !State.IsTerminal():
                asked.Add(moment.Key);
                Become(Waiting(), moment.At);
                break;
            case MomentKind.Answered:
                asked.Clear();
                Become(State.IsTerminal() ? State : Waiting(), moment.At);
                break;
            case MomentKind.Held:
                held.Add(moment.Key);
                Become(State.IsTerminal() ? State : Waiting(), moment.At);
                break;
            case MomentKind.Settled:
                held.Remove(moment.Key);
                Become(State.IsTerminal() ? State : Waiting(), moment.At);
                break;
            case MomentKind.Result:
                failures = moment.Flag ? failures + 1 : 0;
                asked.Remove(moment.Key);
                Become(State.IsTerminal() ? State : Waiting(), moment.At);
                break;
            case MomentKind.Worked:
                (worksSinceClaim, worksSinceTakenBack, standing) = (true, true, null);
                failing.Clear();
                break;
            default:
                End(moment);
                break;
        }
    }

    private void End(TaskMoment moment)
    {
        switch (moment.Kind)
        {
            case MomentKind.Fault when !State.IsTerminal():
                fault = moment;
                break;
            case MomentKind.Reopened when !State.IsTerminal() && State is not AgentTaskState.Started:
                fault = moment; // the client opens a task again also when it is cancelled
                break;
            case MomentKind.Stuck when !State.IsTerminal():
                Become(AgentTaskState.Stuck, moment.At, reason: moment.Reason);
                break;
            case MomentKind.Cancelled when !State.IsTerminal():
                Become(AgentTaskState.Cancelled, moment.At, reason: moment.Reason);
                break;
            case MomentKind.Claimed:
                Claim(moment.At);
                break;
            case MomentKind.Objected when State.IsSuccess():
                Become(AgentTaskState.Active, moment.At);
                break;
            case MomentKind.Restored when IsInWindow(moment.At):
                WasRestored = true;
                TakeBack(moment.At);
                break;
            case MomentKind.RevertedByCommand:
                RevertByCommand(moment);
                break;
            case MomentKind.Verdict:
                Judge(moment.Verdict!); // of this kind
                break;
        }
    }

    private void Claim(DateTimeOffset at)
    {
        fault = null;
        if (!worksSinceTakenBack)
        {
            Become(AgentTaskState.RolledBack, stateAt ?? at, reason: TakenBack); // to say that all was taken back is not to be done
            return;
        }

        (ClaimedAt, EverClaimed, worksSinceClaim) = (at, true, false);
        Become(AgentTaskState.ClaimedComplete, at, SuccessSource.AgentClaim);
        if (standing is { } verdict)
        {
            Apply(verdict); // it was given while the agent still worked, and nothing was changed since
        }
    }

    private void RevertByCommand(TaskMoment moment)
    {
        var ofDoneWork = EverClaimed && !worksSinceClaim && IsInWindow(moment.At);
        WasRevertedByCommand |= ofDoneWork || moment.Flag;
        if (ofDoneWork)
        {
            TakeBack(moment.At);
        }
    }

    private void TakeBack(DateTimeOffset at)
    {
        (worksSinceTakenBack, standing) = (!EverClaimed, null);
        Become(AgentTaskState.RolledBack, at, reason: TakenBack);
    }

    private bool IsInWindow(DateTimeOffset at) => at - (DoneAt ?? at) <= rules.RollbackWindow;

    private void Judge(VerdictFact verdict)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.Reverted when IsInWindow(verdict.At):
                WasRevertedByScm = true;
                TakeBack(verdict.At);
                return;
            case VerdictKind.Reverted:
                return;
            case VerdictKind.ChecksFailed:
                failing.Add(verdict.Checks);
                break;
            case VerdictKind.ChecksPassed:
                failing.Remove(verdict.Checks);
                break;
        }

        standing = verdict.Kind is VerdictKind.ChecksPassed && (failing.Count > 0 || standing is { Kind: not VerdictKind.ChecksFailed }) ? standing : verdict;
        Apply(verdict);
    }

    private void Apply(VerdictFact verdict)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.Accepted or VerdictKind.Merged:
                Accept(verdict);
                break;
            case VerdictKind.ChecksPassed when failing.Count == 0 && Reason is not Rejected && State.IsTerminal() && State is not (AgentTaskState.Cancelled or AgentTaskState.RolledBack or AgentTaskState.Accepted):
                Accept(verdict);
                break;
            case VerdictKind.ChecksFailed when State.IsSuccess():
                Become(AgentTaskState.Failed, verdict.At, reason: ChecksFailed);
                break;
            case VerdictKind.Rejected:
                Become(AgentTaskState.Failed, verdict.At, reason: Rejected);
                break;
        }
    }

    private void Accept(VerdictFact verdict)
    {
        acceptedAt = acceptedAt is null || worksSinceClaim ? verdict.At : acceptedAt;
        (EverClaimed, worksSinceClaim, worksSinceTakenBack) = (true, false, true);
        Become(AgentTaskState.Accepted, verdict.At, verdict.Source);
    }

    private AgentTaskState Waiting() => held.Count > 0 ? AgentTaskState.WaitingApproval : asked.Count > 0 ? AgentTaskState.WaitingPerson : AgentTaskState.Active;

    private void Become(AgentTaskState state, DateTimeOffset at, SuccessSource? source = null, string? reason = null)
    {
        if (state == State && state.IsTerminal() && source is null)
        {
            return;
        }

        stateAt = state == State && !state.IsTerminal() ? stateAt : at;
        (State, Source, Reason) = (state, source, reason);
    }
}
