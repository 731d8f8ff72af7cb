using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Paddock.Core.Ledger;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Execute;

/// <summary>
/// Passes a streamed answer on, whole events at a time, looking at each. Headers and lifecycle events wait for the first semantic
/// delta: until then another provider can still be asked. From the commit on, bytes flow as they come.
/// </summary>
internal sealed class StreamRelay(Exchange exchange, HttpResponseMessage answer, Stream upstream, StreamRelay.Parts parts) : IDisposable
{
    private readonly StreamBuffer buffer = new();
    private readonly PipeWriter client = exchange.Http.Response.BodyWriter;
    private readonly long startedMilliseconds = parts.InFlight.Milliseconds();
    private SseSplitter splitter;
    private bool committed;
    private bool halfLineEnd;

    internal sealed record Parts(GatewayOptions Options, InFlightCalls InFlight, Recording Record, TimeProvider Time);

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

            if (!committed && IsTimeToCommit())
            {
                Commit();
            }

            if (committed)
            {
                await SendAsync(cancellationToken);
            }

            if (!buffer.TryMakeRoom(exchange.Body!)) // received before
            {
                PassUnread();
                await SendAsync(cancellationToken);
            }
        }
    }

    public void Dispose() => buffer.Dispose();

    private ValueTask<int> ReadAsync(CancellationToken cancellationToken)
    {
        var read = upstream.ReadAsync(buffer.Room, cancellationToken);
        return committed || read.IsCompleted ? read : ReadOrCommitAsync(read.AsTask(), cancellationToken);
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
        catch (TimeoutException) when (!read.IsCompleted)
        {
            Commit();
            await SendAsync(cancellationToken);
            return await read;
        }
    }

    /// <summary>A provider that never comes to the point is neither waited for without end nor kept in memory.</summary>
    private bool IsTimeToCommit() => buffer.Held > parts.Options.MaxEventBytes || LeftToCommit() <= TimeSpan.Zero;

    private TimeSpan LeftToCommit() => parts.Options.CommitAfter - TimeSpan.FromMilliseconds(parts.InFlight.Milliseconds() - startedMilliseconds);

    /// <returns>An error found before the commit that another try may help; null otherwise.</returns>
    private AttemptResult.Failed? LookAtEvents(bool mayRetry)
    {
        TakeOutLineFeed();
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

            Pass(bytes, kind, parsed.DataStart);
        }

        if (buffer.Unparsed.Length > parts.Options.MaxEventBytes)
        {
            PassUnread();
        }

        return null;
    }

    /// <summary>The last line end of an event that was taken out came in two parts; the second goes after the first.</summary>
    private void TakeOutLineFeed()
    {
        if (halfLineEnd && buffer.Unparsed is [(byte)'\n', ..])
        {
            buffer.MarkParsed(1);
            buffer.MarkSent();
        }

        halfLineEnd = false;
    }

    private void Pass(ReadOnlySpan<byte> bytes, EventKind kind, int dataStart)
    {
        if (AnswerSplices.TakesOut(exchange, kind))
        {
            Write(buffer.Unsent);
            buffer.MarkParsed(bytes.Length);
            halfLineEnd = bytes[^1] == '\r' && buffer.Unparsed.IsEmpty;
        }
        else if (exchange.Entrance.CostInUsage && exchange.Answer.UsageObject is { IsPresent: true } usage && dataStart >= 0
            && AnswerSplices.Cost(usage.Of(bytes[dataStart..]), parts.Record.CostSoFar(exchange)) is { } cost)
        {
            var at = dataStart + usage.End - 1;
            Write(buffer.Unsent);
            Write(bytes[..at]);
            Write(cost);
            Write(bytes[at..]);
            buffer.MarkParsed(bytes.Length);
        }
        else
        {
            buffer.MarkParsed(bytes.Length);
            return;
        }

        buffer.MarkSent();
    }

    /// <summary>An event too long to wait for goes on as it is; what it held is metered by a floor.</summary>
    private void PassUnread()
    {
        Commit();
        Write(buffer.TakeAll());
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

    private async ValueTask SendAsync(CancellationToken cancellationToken)
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

        exchange.EndDelivered = exchange.Answer is { Ended: true, ErrorType: null };
    }

    /// <summary>The upstream ended. What is left goes on; without the wire's end marker the answer is partial, whatever the status said.</summary>
    private async Task<AttemptResult> FinishAsync(bool mayRetry, CancellationToken cancellationToken)
    {
        if (!committed && mayRetry && !exchange.Answer.Ended)
        {
            return new AttemptResult.Failed(ErrorClasses.MidStream, (int)answer.StatusCode, null);
        }

        Commit();
        Write(buffer.TakeAll());
        await SendAsync(cancellationToken);
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

    /// <summary>After a break of the upstream: the client gets every byte that came, as it would have without Paddock.</summary>
    public async Task PassRestAsync(CancellationToken cancellationToken)
    {
        if (committed)
        {
            Write(buffer.TakeAll());
            await SendAsync(cancellationToken);
        }
    }

    /// <summary>Whether headers are with the client, so that there is no way back.</summary>
    public bool IsCommitted => committed;

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty && !exchange.Draining)
        {
            client.Write(bytes);
            exchange.ResponseBytes += bytes.Length;
        }
    }
}
