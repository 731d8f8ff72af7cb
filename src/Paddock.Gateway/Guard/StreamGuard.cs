using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Guard;

/// <summary>
/// Watches a streamed answer for tool calls. From the first event of a call that is not decided, everything queues in its order;
/// what is decided leaves at the head, as it came or with its arguments replaced. Nothing of a refused call's arguments gets out.
/// </summary>
internal sealed class StreamGuard(Exchange exchange, IToolJudge judge, Watch watch, int maxHeldBytes)
{
    private readonly ToolReader reader = exchange.Protocol.Tools;
    private readonly ToolParts parts = new();
    private readonly CallBook calls = new(exchange, judge, maxHeldBytes);
    private readonly Queue<HeldEvent> held = new();
    private int heldBytes;
    private bool tookUnread;

    /// <summary>Events wait.</summary>
    public bool IsHolding => held.Count > 0;

    /// <summary>The answer cannot be judged any more; nothing further of it may pass.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The client has a part of a call, or all of it.</summary>
    public bool HasPassedCalls => tookUnread || calls.AnyPassed;

    /// <summary>It broke because a call could not be recorded.</summary>
    public bool IsUnrecorded { get; private set; }

    /// <summary>Whether the next event has to come here; others may pass by.</summary>
    public bool Wants(AnswerFacts facts) => facts.SaysTool || facts.Unreadable || IsHolding || calls.HasCalls;

    /// <summary>Whether what cannot be judged must not pass; a tool may be contained since it was begun.</summary>
    public bool Enforces => watch is Watch.Enforce || judge.WatchFor(exchange) is Watch.Enforce;

    /// <summary>Takes an event; what may leave is written by <see cref="Release"/>.</summary>
    /// <param name="besides">A change of the data that has nothing to do with calls.</param>
    public void Take(ReadOnlySpan<byte> bytes, in SseEvent parsed, Change? besides)
    {
        if (!reader.ReadEvent(parsed.Name, parsed.Data, parts))
        {
            if (Enforces)
            {
                Break();
                return;
            }

            parts.Clear();
            tookUnread = true;
        }

        var one = new HeldEvent(bytes.ToArray(), parsed.DataStart < 0 ? parsed.Data.ToArray() : null, Math.Max(0, parsed.DataStart), System.Text.Encoding.UTF8.GetString(parsed.Name)) { Besides = besides };
        for (var i = 0; i < parts.Count; i++)
        {
            if (!calls.Take(parts[i], parsed.Data, one) && Enforces)
            {
                Break();
                return;
            }
        }

        if (parsed.Data.SequenceEqual("[DONE]"u8) && !calls.CompleteAll() && Enforces)
        {
            Break();
            return;
        }

        held.Enqueue(one);
        heldBytes += bytes.Length;
        if (heldBytes > maxHeldBytes)
        {
            calls.RefuseOpen("It is too long to be judged.");
        }
    }

    /// <summary>The provider has ended the answer: what is open is whole, or will never be.</summary>
    public void End()
    {
        if (!calls.CompleteAll() && Enforces)
        {
            Break();
        }
    }

    /// <summary>Something is held until a person decides.</summary>
    public bool IsWaiting => IsHolding && calls.IsWaiting;

    /// <summary>Completes when a person has decided something that is waited for.</summary>
    public Task WhenDecided() => calls.WhenDecided();

    /// <summary>Takes in what has been decided meanwhile; <see cref="Release"/> writes what may leave now.</summary>
    public void Settle()
    {
        calls.Settle();
        if (calls.AnyUnrecorded)
        {
            IsUnrecorded = true;
            Break();
        }
    }

    /// <summary>What a client hears while something is held.</summary>
    public ReadOnlySpan<byte> Ping => reader.Ping.Span;

    /// <summary>Writes what waits for no decision.</summary>
    public void Release(Action<ReadOnlySpan<byte>> write)
    {
        while (held.TryPeek(out var head) && head.IsDecided && !head.Ends.Exists(end => calls.IsWaitingIn(end.Key.Choice)))
        {
            held.Dequeue();
            head.Mentions.ForEach(static mention => mention.Call.IsPassed = true);
            heldBytes -= head.Bytes.Length;
            if (head.HasRefused || head.Besides is not null || (head.Ends.Count > 0 && calls.AnyTakenOut))
            {
                new HeldEventWriter(head, reader, calls).Write(write);
            }
            else
            {
                write(head.Bytes);
            }
        }
    }

    /// <summary>Ends the answer: what is held never passes.</summary>
    public void Break()
    {
        IsBroken = true;
        held.Clear();
    }
}
