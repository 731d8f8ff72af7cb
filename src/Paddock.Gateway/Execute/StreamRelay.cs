using Paddock.Core.Ledger;
using Paddock.Gateway.Decide;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Execute;

/// <summary>
/// Passes a streamed answer on, whole events at a time, looking at each. Headers and lifecycle events wait for the first semantic
/// delta: until then another provider can still be asked. From the commit on, bytes flow as they come.
/// </summary>
internal sealed class StreamRelay : IDisposable
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly StreamBuffer buffer = new();
    private readonly Exchange exchange;
    private readonly HttpResponseMessage answer;
    private readonly Stream upstream;
    private readonly Parts parts;
    private readonly EventPassage passage;
    private readonly long startedMilliseconds;
    private SseSplitter splitter;
    private bool committed;

    internal sealed record Parts(GatewayOptions Options, InFlightCalls InFlight, Recording Record, TimeProvider Time, IToolJudge Judge)
    {
        /// <summary>Null when nothing asks about tools.</summary>
        public StreamGuard? GuardOf(Exchange exchange) => Judge.WatchFor(exchange) is var watch and not Watch.None ? new(exchange, Judge, watch, Options.MaxEventBytes) : null;
    }

    public StreamRelay(Exchange exchange, HttpResponseMessage answer, Stream upstream, Parts parts)
    {
        (this.exchange, this.answer, this.upstream, this.parts) = (exchange, answer, upstream, parts);
        startedMilliseconds = parts.InFlight.Milliseconds();
        passage = new(exchange, buffer, parts);
    }

    /// <summary>Relays to the end.</summary>
    /// <param name="mayRetry">Whether an error before the commit may be given back instead of passed on.</param>
    /// <param name="idle">Longest silence of the upstream.</param>
    public async Task<AttemptResult> RunAsync(bool mayRetry, TimeSpan idle, CancellationToken cancellationToken)
    {
        while (true)
        {
            exchange.DeadlineMilliseconds = parts.InFlight.Milliseconds() + (long)idle.TotalMilliseconds;
            var read = await ReadAsync(cancellationToken);
            exchange.DeadlineMilliseconds = long.MaxValue;
            if (read == 0)
            {
                return await FinishAsync(mayRetry, cancellationToken);
            }

            buffer.Filled(read);
            if (LookAtEvents(mayRetry) is { } error)
            {
                return error;
            }

            if (passage.IsBroken)
            {
                return await EndUnjudgedAsync(cancellationToken);
            }

            if (!committed && IsTimeToCommit())
            {
                Commit();
            }

            if (committed)
            {
                await passage.SendAsync(cancellationToken);
            }

            if (!buffer.TryMakeRoom(exchange.Body!)) // received before
            {
                PassUnread();
                await passage.SendAsync(cancellationToken);
            }
        }
    }

    public void Dispose() => buffer.Dispose();

    private ValueTask<int> ReadAsync(CancellationToken cancellationToken)
    {
        var read = upstream.ReadAsync(buffer.Room, cancellationToken);
        if (read.IsCompleted || (committed && !passage.IsWaiting))
        {
            return read;
        }

        var reading = read.AsTask();
        buffer.Fill(reading);
        return committed ? ReadWhileHoldingAsync(reading, cancellationToken) : ReadOrCommitAsync(reading, cancellationToken);
    }

    /// <summary>Waits for bytes, and for people meanwhile.</summary>
    private async ValueTask<int> ReadWhileHoldingAsync(Task<int> read, CancellationToken cancellationToken)
    {
        while (!read.IsCompleted && passage.IsWaiting)
        {
            await HoldAsync(read, cancellationToken);
        }

        return await read;
    }

    /// <summary>Waits until one of them is done; the client hears that the connection lives.</summary>
    private async Task HoldAsync(Task read, CancellationToken cancellationToken)
    {
        var pending = passage.WhenDecided();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var silence = Task.Delay(parts.Options.PingEvery, parts.Time, ended.Token);
        var done = await Task.WhenAny(read, pending, silence);
        cancellationToken.ThrowIfCancellationRequested();
        if (exchange.IsEnded)
        {
            throw new OperationCanceledException(); // what ends the call ends the wait as well: no decision came of it
        }

        if (done == pending)
        {
            passage.Settle();
        }
        else if (done == silence)
        {
            passage.Ping();
        }

        await ended.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        await passage.SendAsync(cancellationToken);
    }

    /// <summary>Before the commit: waits for bytes, but not longer than the commit may wait.</summary>
    private async ValueTask<int> ReadOrCommitAsync(Task<int> read, CancellationToken cancellationToken)
    {
        var left = LeftToCommit();
        var waited = left > TimeSpan.Zero ? read.WaitAsync(left, parts.Time, cancellationToken) : Task.FromException<int>(new TimeoutException());
        try
        {
            return await waited;
        }
        catch (TimeoutException)
        {
            if (!read.IsCompleted) // bytes that came in the same moment are looked at first
            {
                Commit();
                await passage.SendAsync(cancellationToken);
            }

            return await read;
        }
    }

    /// <summary>A provider that never comes to the point is neither waited for without end nor kept in memory.</summary>
    private bool IsTimeToCommit() => buffer.Held > parts.Options.MaxEventBytes || LeftToCommit() <= TimeSpan.Zero;

    private TimeSpan LeftToCommit() => parts.Options.CommitAfter - TimeSpan.FromMilliseconds(parts.InFlight.Milliseconds() - startedMilliseconds);

    /// <returns>An error found before the commit that another try may help; null otherwise.</returns>
    private AttemptResult.Failed? LookAtEvents(bool mayRetry)
    {
        passage.TakeOutLineFeed();
        int length;
        while ((length = splitter.Next(buffer.Unparsed)) > 0)
        {
            var bytes = buffer.Unparsed[..length];
            var parsed = SseEvent.Parse(bytes);
            var kind = exchange.Protocol.Answers.ReadEvent(parsed.Name, parsed.Data, exchange.Answer);
            if (mayRetry && !committed && kind is EventKind.Error)
            {
                return new(ErrorClasses.Of(exchange.Answer.ErrorStatus), exchange.Answer.ErrorStatus, null);
            }

            if (!committed && kind is not EventKind.Lifecycle)
            {
                Commit();
            }

            if (kind is EventKind.Semantic && exchange.FirstDeltaTicks == 0)
            {
                exchange.FirstDeltaTicks = parts.Time.GetTimestamp();
            }

            passage.Pass(bytes, parsed, kind);
            if (passage.IsBroken)
            {
                return null;
            }
        }

        if (buffer.Unparsed.Length > parts.Options.MaxEventBytes)
        {
            PassUnread();
        }

        return null;
    }

    /// <summary>An event too long to wait for goes on as it is, unless it may hold a tool call; what it held is metered by a floor.</summary>
    private void PassUnread()
    {
        Commit();
        passage.PassUnread();
        splitter = default;
    }

    private void Commit()
    {
        if (!committed)
        {
            committed = true;
            AnswerHead.Copy(answer, exchange.Http.Response, length: null);
            exchange.Status = (int)answer.StatusCode;
        }
    }

    /// <summary>The upstream ended. What is left goes on; without the wire's end marker the answer is partial, whatever the status said.</summary>
    private async Task<AttemptResult> FinishAsync(bool mayRetry, CancellationToken cancellationToken)
    {
        if (!committed && mayRetry && !exchange.Answer.Ended)
        {
            return new AttemptResult.Failed(ErrorClasses.MidStream, (int)answer.StatusCode, null);
        }

        Commit();
        passage.PassEnd();
        while (!exchange.Draining && passage.IsWaiting)
        {
            await HoldAsync(Never, cancellationToken);
        }

        if (passage.IsBroken)
        {
            return await EndUnjudgedAsync(cancellationToken);
        }

        await passage.SendAsync(cancellationToken);
        exchange.Outcome = exchange.Answer switch
        {
            { ErrorType: not null } => CallOutcome.Partial,
            { Ended: true } => CallOutcome.Complete,
            { Finish: not null, HasUsage: true } when exchange.Protocol.Answers.EndMarkerIsOptional => CallOutcome.Complete,
            _ => CallOutcome.Partial,
        };
        exchange.ErrorClass = exchange.Outcome is CallOutcome.Complete ? null : exchange.Answer.ErrorType is null ? ErrorClasses.MidStream : ErrorClasses.Of(exchange.Answer.ErrorStatus);
        return AttemptResult.Served.Instance;
    }

    /// <summary>The answer cannot be judged any more: it ends with what the agent takes for an end.</summary>
    private async Task<AttemptResult> EndUnjudgedAsync(CancellationToken cancellationToken)
    {
        Commit();
        await passage.SendAsync(cancellationToken);
        (exchange.Outcome, exchange.ErrorClass) = (CallOutcome.Partial, passage.IsUnrecorded ? ErrorClasses.NotRecorded : ErrorClasses.NotEvaluated);
        passage.Write(passage.IsTorn ? "\n\n"u8 : default);
        passage.Write(RefusalWriter.EndOfStream(exchange, passage.IsUnrecorded ? Refusals.NotRecorded() : Refusals.NotEvaluated(), passage.HasPassedCalls, parts.Record));
        await passage.SendAsync(cancellationToken);
        return AttemptResult.Served.Instance;
    }

    /// <summary>After a break of the upstream: the client gets every byte that came, as it would have without Paddock.</summary>
    public async Task PassRestAsync(CancellationToken cancellationToken)
    {
        if (committed)
        {
            passage.PassEnd();
            await passage.SendAsync(cancellationToken);
        }
    }

    /// <summary>Whether headers are with the client, so that there is no way back.</summary>
    public bool IsCommitted => committed;
}
