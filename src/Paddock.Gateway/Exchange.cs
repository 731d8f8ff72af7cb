using Microsoft.AspNetCore.Http;
using Paddock.Core.Agents;
using Paddock.Core.Budgets;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;
using Paddock.Core.Tasks;
using Paddock.Gateway.Decide;
using Paddock.Gateway.Execute;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Receive;

namespace Paddock.Gateway;

/// <summary>One governed call, from its first byte to its row in the ledger. Each step fills in its part; nothing is shared between calls.</summary>
internal sealed class Exchange(HttpContext http, Entrance entrance, DateTimeOffset receivedAt, long startedTicks) : ICallView, ICallOrigin
{
    private const int InDrain = 1;
    private const int AfterDrain = 2;

    private readonly Lock gate = new();
    private CancellationTokenSource? attempt;
    private CancellationTokenSource? gone;
    private int drain;

    public HttpContext Http { get; } = http;

    public Entrance Entrance { get; } = entrance;

    public WireProtocol Protocol => Entrance.Protocol;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary><see cref="TimeProvider.GetTimestamp"/> when the call came in.</summary>
    public long StartedTicks { get; } = startedTicks;

    public CallId Id { get; } = CallIds.Next(receivedAt);

    // identify
    public Caller? Caller { get; set; }

    public IAgentDialect? Dialect { get; set; }

    public TaskFacts Task { get; set; } = TaskFacts.None;

    /// <summary>How the client that calls stands; null when nobody asked, or it cannot be told.</summary>
    public ClientStanding? Client { get; private set; }

    /// <summary>When that client was last given settings.</summary>
    public DateTimeOffset? RefreshedAt { get; private set; }

    /// <summary>How long the task goes on already; null when nobody asked, at its first call, or when it cannot be told.</summary>
    public TimeSpan? ContextAge { get; set; }

    /// <summary>Takes in what was found of the client.</summary>
    /// <param name="within">How long settings are good for this caller.</param>
    public void Take(ClientRefresh refresh, TimeSpan within) => (Client, RefreshedAt) = (refresh.StandingAt(ReceivedAt, within), refresh.At);

    /// <summary>Paddock's task id; null when nothing identifies a task.</summary>
    public string? TaskId { get; set; }

    // receive
    public ReceivedBody? Body { get; set; }

    public RequestFacts Request { get; } = new();

    // decide
    public GovernanceSnapshot? Snapshot { get; set; }

    public ResolvedTargets? Targets { get; set; }

    public IBudgetHold? Hold { get; set; }

    /// <summary>What the request offers to the model; null when no policy asks.</summary>
    public ToolOffers? Offers { get; set; }

    /// <summary>What of the request does not go to the provider. Sorted by start.</summary>
    public Splice[] TakenOut { get; set; } = [];

    /// <summary>Whether an item of the answer is of a tool that the provider runs, and that was decided with the request.</summary>
    public bool RunsItself(string runAs) => Offers is null || Offers.MayRun(runAs);

    public Refusal? Refusal { get; set; }

    private int decisions;

    /// <summary>Number of the next decision on a tool call.</summary>
    public int NextDecision() => Interlocked.Increment(ref decisions);

    // Only calls that were identified and decided have an answer whose tools are judged.
    Caller ICallOrigin.Caller => Caller!;

    GovernanceSnapshot ICallOrigin.Snapshot => Snapshot!;

    string? ICallOrigin.Model => Request.Model;

    string? ICallOrigin.UpstreamModel => ServedModel;

    string? ICallOrigin.Provider => ServedBy?.Name;

    string? ICallOrigin.Route => Targets?.Route?.Name;

    bool ICallOrigin.HearsPings => Request.Stream;

    bool ICallOrigin.IsOnWindows => WindowsSigns.In(this);

    /// <summary>Whoever waits for a decision goes with the client, with the try whose answer is judged, and with what ends the call.</summary>
    CancellationToken ICallOrigin.Gone
    {
        get
        {
            lock (gate)
            {
                return IsEnded ? new(canceled: true) : (gone ??= CancellationTokenSource.CreateLinkedTokenSource(Http.RequestAborted)).Token;
            }
        }
    }

    // record
    public System.Diagnostics.Activity? Span { get; init; }

    public bool Opened { get; set; }

    // execute
    public AnswerFacts Answer { get; } = new();

    public List<CallAttempt> Attempts { get; } = [];

    public CallOutcome Outcome { get; set; } = CallOutcome.Failed;

    public string? ErrorClass { get; set; }

    public int Status { get; set; }

    public long ResponseBytes { get; set; }

    public long FirstDeltaTicks { get; set; }

    public Provider? ServedBy { get; set; }

    public string? ServedModel { get; set; }

    /// <summary>Why Paddock itself ended the call; none while it runs.</summary>
    public EndCause EndCause { get; private set; }

    /// <summary>What stopped it, when a containment did.</summary>
    public Containment? ContainedBy { get; private set; }

    /// <summary>Paddock ends the call: it is not the fault of a provider, and no other is asked.</summary>
    public bool IsEnded => EndCause is EndCause.Revoked or EndCause.Contained or EndCause.Stopping;

    /// <summary>Monotonic milliseconds after which the upstream has been silent too long; <see cref="long.MaxValue"/> = not waiting for it.</summary>
    public long DeadlineMilliseconds { get; set; } = long.MaxValue;

    public Wire Wire => Entrance.Protocol.Wire;

    public string Path => Http.Request.Path.Value ?? "";

    public string? Header(string name) => Http.Request.Headers.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    public ReadOnlySpan<byte> Part(BodyPart part)
    {
        var range = Request.Part(part);
        return Body is { } body && range.IsPresent ? range.Of(body.Span) : default;
    }

    /// <summary>The wire's end marker is with the client. Some (Codex) close the connection on it, before the provider ends the body.</summary>
    public bool EndDelivered { get; set; }

    /// <summary>The client is gone and the answer is read on for its usage only.</summary>
    public bool Draining => Volatile.Read(ref drain) == InDrain;

    public long DrainUntilMilliseconds { get; set; } = long.MaxValue;

    /// <summary>The first sign that the client is gone begins the drain; there is one in a call.</summary>
    public bool TryBeginDrain() => Interlocked.CompareExchange(ref drain, InDrain, 0) == 0;

    /// <returns>Whether it was drained.</returns>
    public bool EndDrain() => Interlocked.CompareExchange(ref drain, AfterDrain, InDrain) == InDrain;

    /// <summary>Starts a try at a provider; its token ends it with a revocation, a deadline and, unless it is drained then, with the client.</summary>
    public CancellationToken BeginAttempt(bool endsWithClient)
    {
        var source = endsWithClient ? CancellationTokenSource.CreateLinkedTokenSource(Http.RequestAborted) : new();
        bool ended;
        lock (gate)
        {
            attempt = source;
            ended = IsEnded;
            EndCause = ended ? EndCause : EndCause.None;
        }

        if (ended)
        {
            source.Cancel();
        }

        return source.Token;
    }

    public void EndAttempt()
    {
        CancellationTokenSource? source;
        lock (gate)
        {
            (source, attempt) = (attempt, null);
            DeadlineMilliseconds = long.MaxValue;
        }

        source?.Dispose();
        LeaveDecisions();
    }

    /// <summary>Nobody waits any more for decisions that were asked for until now.</summary>
    public void LeaveDecisions()
    {
        CancellationTokenSource? source;
        lock (gate)
        {
            (source, gone) = (gone, null);
        }

        source?.Cancel();
        source?.Dispose();
    }

    /// <summary>Ends the try that runs, from any thread. The first cause stays.</summary>
    public void End(EndCause cause) => End(cause, null);

    /// <summary>The same because of a containment.</summary>
    public void Contain(Containment containment) => End(EndCause.Contained, containment);

    /// <summary>The call goes on where the containment that ended its last try does not reach; whoever calls this looks at the live ones next.</summary>
    public void Resume()
    {
        lock (gate)
        {
            (EndCause, ContainedBy) = EndCause is EndCause.Contained ? (EndCause.None, null) : (EndCause, ContainedBy);
        }
    }

    private void End(EndCause cause, Containment? containment)
    {
        lock (gate)
        {
            if (EndCause is not EndCause.None)
            {
                return;
            }

            (EndCause, ContainedBy) = (cause, containment);
            // Under the gate, so that it cannot be disposed in between; the callbacks run on the pool.
            _ = attempt?.CancelAsync();
            _ = IsEnded ? gone?.CancelAsync() : null;
        }
    }
}

/// <summary>Why Paddock ended a call or a try.</summary>
internal enum EndCause
{
    None,
    UpstreamTimeout,
    Revoked,
    /// <summary>An operator has stopped the caller, its task or model, or the provider that serves it.</summary>
    Contained,
    Stopping,
    /// <summary>The client went away and there is no room, or no time left, to read on.</summary>
    ClientGone,
}
