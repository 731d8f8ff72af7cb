using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Guard;

/// <summary>The tool calls of one answer, and what was decided on each.</summary>
/// <param name="maxArguments">Bytes of one call's arguments that are kept; a call that has more cannot be judged.</param>
internal sealed class CallBook(Exchange exchange, IToolJudge judge, int maxArguments)
{
    private const string Malformed = "Its arguments are not one well-formed object.";
    private const string TooLate = "Its arguments go on after its end.";

    private readonly ToolReader reader = exchange.Protocol.Tools;
    private readonly Dictionary<ToolKey, GuardedCall> calls = [];
    private readonly List<GuardedCall> all = []; // also those whose place another took
    private readonly Dictionary<(int Choice, string Id), GuardedCall> byId = [];

    /// <summary>There was a call: what comes after it may be a piece of it, whatever has ended.</summary>
    public bool HasCalls { get; private set; }

    /// <summary>A call was taken out, so that the end of its choice may have to say otherwise.</summary>
    public bool AnyTakenOut => all.Any(static call => call.IsTakenOut);

    /// <summary>A call of which a part was passed on could not be recorded: its end must not pass.</summary>
    public bool AnyUnrecorded => all.Any(static call => call.IsUnrecorded);

    /// <summary>The client has a part of a call, or all of it.</summary>
    public bool AnyPassed => all.Any(static call => call is { IsPassed: true, IsTakenOut: false });

    /// <summary>Whether a call of a choice has yet to be decided or recorded.</summary>
    public bool IsWaitingIn(int choice) => all.Any(call => call.Pending is not null && call.Key.Choice == choice);

    /// <summary>Somebody has yet to decide.</summary>
    public bool IsWaiting => all.Any(static call => call.Pending is not null);

    /// <summary>Completes when something that is waited for is decided.</summary>
    public Task WhenDecided() => Task.WhenAny(all.Select(static call => call.Pending).OfType<PendingDecision>().Select(static pending => pending.Done));

    /// <summary>Takes in what has been decided meanwhile.</summary>
    public void Settle()
    {
        foreach (var call in all)
        {
            if (call.Pending is { Done.IsCompleted: true } done)
            {
                call.Pending = null;
                call.Become(done.Outcome ?? judge.NotEvaluated(exchange, call, "Nobody could be asked."));
            }
        }
    }

    /// <summary>What is said instead of the calls that were taken out of a choice; empty when none was.</summary>
    public string SaidIn(int choice) => string.Join("\n\n", all.Where(call => call.IsTakenOut && call.Key.Choice == choice).Select(static call => call.Said));

    /// <summary>Whether a choice still has a call.</summary>
    public bool AnyStaysIn(int choice) => all.Any(call => !call.IsTakenOut && call.Key.Choice == choice);

    /// <summary>Notes what a part says, and decides as soon as that can be.</summary>
    /// <param name="one">Takes what must be known when the event is written.</param>
    /// <returns>False when it contradicts what has been passed on, so that nothing more may be.</returns>
    public bool Take(in ToolPart part, ReadOnlySpan<byte> data, HeldEvent one)
    {
        if (part.Kind is ToolPartKind.EndOfChoice)
        {
            one.Ends.Add(part);
            return CompleteAll(part.Key.Choice);
        }

        if (part.RunAs is { } runAs && exchange.RunsItself(runAs))
        {
            return true;
        }

        if (Find(part) is not { } call)
        {
            return true; // of no call: a message's event, or a piece of what the provider runs
        }

        one.Mentions.Add(new(call, part));
        return part.Kind switch
        {
            ToolPartKind.Begin => TakeBegin(call, part, data),
            ToolPartKind.Piece => TakePiece(call, part, data),
            ToolPartKind.Whole => TakeWhole(call, part, data),
            ToolPartKind.End => Complete(call),
            _ => true,
        };
    }

    /// <summary>Nothing more comes: what is not whole never will be.</summary>
    /// <param name="choice">Only of this choice; null = of any.</param>
    /// <returns>False when something was passed on that is not what it seemed.</returns>
    public bool CompleteAll(int? choice = null)
    {
        var good = true;
        foreach (var call in all)
        {
            good &= (choice is { } only && call.Key.Choice != only) || Complete(call);
        }

        return good;
    }

    /// <summary>Refuses what is not decided yet.</summary>
    public void RefuseOpen(string because)
    {
        foreach (var call in all)
        {
            if (call is { State: CallState.Open, Pending: null })
            {
                call.Become(judge.NotEvaluated(exchange, call, because));
            }
        }
    }

    private GuardedCall? Find(in ToolPart part)
    {
        if (reader.TellsCallsAgain && part.CallId is { } id && byId.TryGetValue((part.Key.Choice, id), out var known))
        {
            return known;
        }

        if (calls.TryGetValue(part.Key, out var call) && (part.Kind is not ToolPartKind.Begin || call.TryLearn(part) || !call.IsComplete))
        {
            return call;
        }

        var begins = part.Kind is ToolPartKind.Begin || (part.Kind is ToolPartKind.Piece or ToolPartKind.Whole && !reader.AnnouncesCalls);
        HasCalls |= begins;
        return begins ? Begin(part) : null;
    }

    private GuardedCall Begin(in ToolPart part)
    {
        var call = calls[part.Key] = new(part.Key, part.IsFree);
        all.Add(call);
        return call;
    }

    private bool TakeBegin(GuardedCall call, in ToolPart part, ReadOnlySpan<byte> data)
    {
        if (!call.TryLearn(part))
        {
            return IsAnother(call, "Another call has begun at its place.");
        }

        if (!part.IsDone && FirstOfItsId(call) is var first && first != call && !(IsAnother(call, "Another call has its id.") && first.Key != call.Key))
        {
            return false; // some clients would take it for the one they have
        }

        if (call.Name.Length > 0)
        {
            call.Tool = judge.ToolOf(exchange, call);
            call.Shape = judge.ShapeOf(exchange, call);
        }

        if (part.Value.IsPresent && !IsEmptyObject(part.Value.Of(data)))
        {
            call.Arguments.Append(part.Value.Of(data));
        }

        return Weigh(call);
    }

    private bool TakePiece(GuardedCall call, in ToolPart part, ReadOnlySpan<byte> data)
    {
        if (call.IsComplete && part.Value.Length > 2)
        {
            return IsBlankTail(call, part.Value.Of(data)) || Contradicted(call, TooLate); // it was judged without this
        }

        if (call.Arguments.Bytes.Length + part.Value.Length > maxArguments)
        {
            return Contradicted(call, "It is too long to be judged."); // what was allowed whatever it says flows on, and is not kept
        }

        if (call.State is not CallState.Refused)
        {
            call.HasArguments = true;
            call.Arguments.AppendEncoded(part.Value.Of(data)[1..^1]);
        }

        return Weigh(call);
    }

    private bool TakeWhole(GuardedCall call, in ToolPart part, ReadOnlySpan<byte> data)
    {
        if (call.State is CallState.Refused)
        {
            return true;
        }

        var whole = new ArgumentText { IsFree = call.Arguments.IsFree };
        var value = part.Value.Of(data);
        if (part.IsText)
        {
            whole.AppendEncoded(value[1..^1]);
        }
        else
        {
            whole.Append(value);
        }

        if (call.HasArguments)
        {
            return whole.Bytes.SequenceEqual(call.Arguments.Bytes) || Contradicted(call, "Its arguments come twice and differ.");
        }

        if (call.IsComplete && !whole.IsEmpty && !IsEmptyObject(whole.Bytes))
        {
            return Contradicted(call, TooLate);
        }

        call.HasArguments = true;
        call.Arguments.Append(whole.Bytes);
        return Weigh(call);
    }

    /// <summary>Decides when the arguments are whole, or when they do not matter any more.</summary>
    private bool Weigh(GuardedCall call)
    {
        if (call.Arguments.IsBroken)
        {
            return Contradicted(call, Malformed);
        }

        if (call.Arguments.IsClosed && call.Name.Length > 0) // some providers tell the name last
        {
            return Complete(call);
        }

        if (call.State is CallState.Open && call.Name.Length > 0 && judge.IsAllowedAlready(exchange, call) is var certainty and not Certainty.None)
        {
            call.State = CallState.Allowed;
            call.IsUnconditional = certainty is Certainty.Whatever;
        }

        return true;
    }

    private bool Complete(GuardedCall call)
    {
        if (call.IsComplete)
        {
            return true;
        }

        call.IsComplete = true;
        if (call.State is CallState.Allowed && judge.IsStopped(exchange, call))
        {
            return false; // its end has not been passed on, so that nobody can run it
        }

        var arguments = call.Arguments;
        var whole = arguments.IsFree || arguments.IsClosed || arguments.IsEmpty;
        if (call.State is CallState.Open)
        {
            call.Become(whole && call.Name.Length > 0 ? judge.Judge(exchange, call) : judge.NotEvaluated(exchange, call, whole ? "It names no tool." : Malformed));
        }
        else if (call.State is CallState.Allowed && call.Name.Length > 0 && (whole || call.IsUnconditional))
        {
            call.IsNoted = true;
            call.Become(judge.Note(exchange, call));
        }

        return whole || call.State is CallState.Refused || call.IsUnconditional;
    }

    /// <summary>What was allowed by what was seen is not so any more; its end has not been passed on, so that nobody can run it.</summary>
    private bool Contradicted(GuardedCall call, string because) => IsAnother(call, because) || call.IsUnconditional;

    /// <summary>It may be another tool that is called: not even a tool that is always allowed allows that.</summary>
    private bool IsAnother(GuardedCall call, string because)
    {
        if (call is { State: CallState.Open, IsNoted: false })
        {
            call.Pending = null;
            call.Become(judge.NotEvaluated(exchange, call, because));
        }

        return call.State is CallState.Refused;
    }

    private GuardedCall FirstOfItsId(GuardedCall call) =>
        call.Id is { } id && !byId.TryAdd((call.Key.Choice, id), call) ? byId[(call.Key.Choice, id)] : call;

    private static bool IsBlankTail(GuardedCall call, ReadOnlySpan<byte> quoted) => call.State is not CallState.Refused && call.Arguments.TryAppendBlanks(quoted[1..^1]);

    private static bool IsEmptyObject(ReadOnlySpan<byte> value) => value is [(byte)'{', .., (byte)'}'] && value[1..^1].IndexOfAnyExcept(" \n\r\t"u8) < 0;
}
