using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Execute;

/// <summary>The way of events from the buffer to the client: past the guard where they may hold a tool call, with the splices of an answer.</summary>
internal sealed class EventPassage
{
    private readonly Exchange exchange;
    private readonly StreamBuffer buffer;
    private readonly StreamRelay.Parts parts;
    private StreamGuard? guard;
    private readonly PipeWriter client;
    private readonly Action<ReadOnlySpan<byte>> write;
    private bool halfLineEnd;
    private bool saidTools;
    private bool passedUnjudged;

    public EventPassage(Exchange exchange, StreamBuffer buffer, StreamRelay.Parts parts)
    {
        (this.exchange, this.buffer, this.parts) = (exchange, buffer, parts);
        guard = parts.GuardOf(exchange);
        client = exchange.Http.Response.BodyWriter;
        write = Write;
    }

    /// <summary>The answer cannot be judged any more.</summary>
    public bool IsBroken => guard is { IsBroken: true };

    /// <summary>The client has a part of a tool call, or all of it, or what nobody could look into.</summary>
    public bool HasPassedCalls => passedUnjudged || guard is { HasPassedCalls: true };

    /// <summary>The last thing that was sent is no whole event.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>The answer broke off because a call in it could not be recorded.</summary>
    public bool IsUnrecorded => guard is { IsUnrecorded: true };

    /// <summary>Something is held until a person decides, or until it is recorded.</summary>
    public bool IsWaiting => guard is { IsWaiting: true };

    /// <summary>Completes when something that is held may be decided.</summary>
    public Task WhenDecided() => guard?.WhenDecided() ?? Task.CompletedTask;

    /// <summary>Takes in what was decided; what may leave is written.</summary>
    public void Settle()
    {
        guard?.Settle();
        guard?.Release(write);
    }

    /// <summary>A sign of life, between two events.</summary>
    public void Ping()
    {
        if (guard is not null)
        {
            Write(buffer.Unsent);
            buffer.MarkSent();
            Write(guard.Ping);
        }
    }

    public void Pass(ReadOnlySpan<byte> bytes, in SseEvent parsed, EventKind kind)
    {
        var watcher = exchange.Answer is { SaysTool: true } or { Unreadable: true } ? Watcher() : guard;
        if (watcher is { IsBroken: true } || IsCallWithoutEvent(bytes))
        {
            return;
        }

        if (watcher is not null && watcher.Wants(exchange.Answer))
        {
            GiveToGuard(watcher, bytes, parsed, kind);
        }
        else
        {
            saidTools |= exchange.Answer.SaysTool;
            passedUnjudged |= exchange.Answer is { SaysTool: true } or { Unreadable: true };
            IsTorn = false;
            PassOn(bytes, kind, parsed.DataStart);
        }
    }

    /// <summary>What is too long to wait for goes on as it is, unless it may hold a tool call.</summary>
    public void PassUnread()
    {
        if (Watcher() is { } watcher and ({ Enforces: true } or { IsHolding: true }))
        {
            watcher.Break();
            return;
        }

        (passedUnjudged, IsTorn) = (true, true);
        Write(buffer.TakeAll());
    }

    /// <summary>What is held is decided or never will be; an event that lacks its end is looked at too, because some clients take it.</summary>
    public void PassEnd()
    {
        var watcher = buffer.Unparsed.IsEmpty ? guard : Watcher();
        if (watcher is null)
        {
            Write(buffer.TakeAll());
            return;
        }

        if (!buffer.Unparsed.IsEmpty && !IsBroken && !IsCallWithoutEvent(buffer.Unparsed))
        {
            var parsed = SseEvent.Parse(buffer.Unparsed);
            exchange.Protocol.Answers.ReadEvent(parsed.Name, parsed.Data, exchange.Answer);
            if (watcher.Wants(exchange.Answer))
            {
                Write(buffer.Unsent);
                watcher.Take(buffer.Unparsed, parsed, null);
                buffer.TakeAll();
            }
        }

        watcher.End();
        watcher.Release(write);
        Write(IsBroken ? default : buffer.TakeAll());
    }

    /// <summary>The last line end of an event that was taken out came in two parts; the second goes after the first.</summary>
    public void TakeOutLineFeed()
    {
        if (halfLineEnd && buffer.Unparsed is [(byte)'\n', ..])
        {
            buffer.MarkParsed(1);
            buffer.MarkSent();
        }

        halfLineEnd = false;
    }

    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        Write(buffer.Unsent);
        buffer.MarkSent();
        buffer.Compact();
        if (exchange.Draining)
        {
            return; // nobody listens; the provider's usage is read on
        }

        if (!exchange.Http.Response.HasStarted)
        {
            await exchange.Http.Response.StartAsync(cancellationToken);
        }

        var result = await client.FlushAsync(cancellationToken);
        if (result.IsCompleted)
        {
            parts.InFlight.ClientLeft(exchange);
            return;
        }

        exchange.EndDelivered = exchange.Answer is { Ended: true, ErrorType: null } && guard is not { IsHolding: true };
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty && !exchange.Draining)
        {
            client.Write(bytes);
            exchange.ResponseBytes += bytes.Length;
        }
    }

    /// <summary>Some clients read a plain answer whatever its type says: one that came as a stream is looked at like any other, and does not pass with a call.</summary>
    private bool IsCallWithoutEvent(ReadOnlySpan<byte> bytes)
    {
        if (bytes.TrimStart(" \t\r\n\uFEFF"u8) is not [(byte)'{' or (byte)'[', ..] || Watcher() is not { Enforces: true } watcher)
        {
            return false;
        }

        exchange.Protocol.Answers.ReadPlain(bytes, exchange.Answer);
        if (exchange.Answer is not ({ SaysTool: true } or { Unreadable: true }))
        {
            return false;
        }

        watcher.Break();
        return true;
    }

    /// <summary>The guard, which also comes when a tool is contained in the middle of an answer. Of the calls that passed before nobody knows where they end, so that none after them can be told apart.</summary>
    private StreamGuard? Watcher()
    {
        if (guard is null && parts.GuardOf(exchange) is { } late)
        {
            guard = late;
            if (saidTools)
            {
                late.Break();
            }
        }

        return guard;
    }

    /// <summary>Gives an event to the guard, behind what has passed; what waits for no decision goes on.</summary>
    private void GiveToGuard(StreamGuard watcher, ReadOnlySpan<byte> bytes, in SseEvent parsed, EventKind kind)
    {
        Write(buffer.Unsent);
        if (AnswerSplices.TakesOut(exchange, kind))
        {
            halfLineEnd = bytes[^1] == '\r' && bytes.Length == buffer.Unparsed.Length;
        }
        else
        {
            watcher.Take(bytes, parsed, CostChange(bytes, parsed.DataStart));
        }

        buffer.MarkParsed(bytes.Length);
        buffer.MarkSent();
        watcher.Release(write);
    }

    private void PassOn(ReadOnlySpan<byte> bytes, EventKind kind, int dataStart)
    {
        if (AnswerSplices.TakesOut(exchange, kind))
        {
            Write(buffer.Unsent);
            buffer.MarkParsed(bytes.Length);
            halfLineEnd = bytes[^1] == '\r' && buffer.Unparsed.IsEmpty;
        }
        else if (CostChange(bytes, dataStart) is { } cost)
        {
            Write(buffer.Unsent);
            Write(bytes[..(dataStart + cost.At.Start)]);
            Write(cost.With);
            Write(bytes[(dataStart + cost.At.End)..]);
            buffer.MarkParsed(bytes.Length);
        }
        else
        {
            buffer.MarkParsed(bytes.Length);
            return;
        }

        buffer.MarkSent();
    }

    /// <returns>Where in the data the cost goes in; null when none does.</returns>
    private Change? CostChange(ReadOnlySpan<byte> bytes, int dataStart) =>
        exchange.Entrance.CostInUsage && exchange.Answer.UsageObject is { IsPresent: true } usage && dataStart >= 0
            ? AnswerSplices.Cost(bytes[dataStart..], usage, parts.Record.CostSoFar(exchange))
            : null;
}
