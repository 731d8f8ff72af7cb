using System.Buffers;
using System.IO.Pipelines;
using Paddock.Core.Ledger;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Execute;

/// <summary>Passes an answer on that is no stream: read whole (within limits), looked at, then sent in one piece.</summary>
internal sealed class PlainRelay(Exchange exchange, HttpResponseMessage answer, Stream upstream, StreamRelay.Parts parts) : IDisposable
{
    /// <summary>Held without being counted: less than what the call itself takes.</summary>
    private const int FreeBytes = 16 << 10;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize(exchange, answer, parts.Options));
    private int length;
    private byte[]? judged;

    /// <param name="mayRetry">Whether an error in the clothes of a success may be given back instead of passed on.</param>
    /// <param name="idle">Longest silence of the upstream.</param>
    public async Task<AttemptResult> RunAsync(bool mayRetry, TimeSpan idle, CancellationToken cancellationToken)
    {
        var whole = await ReadAsync(idle, cancellationToken);
        (exchange.Outcome, exchange.ErrorClass) = Judge(whole);
        if (mayRetry && exchange.ErrorClass is { } errorClass && (int)answer.StatusCode < 400)
        {
            return new AttemptResult.Failed(errorClass, exchange.Answer.ErrorStatus, null);
        }

        exchange.FirstDeltaTicks = parts.Time.GetTimestamp();
        if (!await TryGuardAsync(whole, cancellationToken))
        {
            exchange.Outcome = CallOutcome.Failed;
            return new AttemptResult.Failed(ErrorClasses.NotEvaluated, (int)answer.StatusCode, null);
        }

        Send(whole);
        if (!whole)
        {
            await PassOnAsync(idle, cancellationToken);
        }

        return AttemptResult.Served.Instance;
    }

    /// <summary>A page where JSON was due, or half of an answer under a success's status, is no answer.</summary>
    private (CallOutcome Outcome, string? ErrorClass) Judge(bool whole)
    {
        var good = !whole || exchange.Protocol.Answers.ReadPlain(buffer.AsSpan(0, length), exchange.Answer);
        return (int)answer.StatusCode >= 400 ? (CallOutcome.Failed, ErrorClasses.Of((int)answer.StatusCode))
            : !good ? (CallOutcome.Failed, ErrorClasses.Of(exchange.Answer.ErrorStatus))
            : whole && !exchange.Answer.Ended ? (CallOutcome.Partial, ErrorClasses.MidStream)
            : (CallOutcome.Complete, null);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private static int FirstSize(Exchange exchange, HttpResponseMessage answer, GatewayOptions options)
    {
        var size = (int)Math.Clamp((answer.Content.Headers.ContentLength ?? 0) + 1, 4 << 10, options.MaxPlainAnswerBytes);
        return size <= FreeBytes || exchange.Body!.TryHold(size) ? size : FreeBytes; // received before
    }

    /// <returns>False when the answer is larger than is read whole, or than there is room for.</returns>
    private async ValueTask<bool> ReadAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (length == buffer.Length && !Grow())
            {
                return false;
            }

            var read = await ReadSomeAsync(buffer.AsMemory(length), idle, cancellationToken);
            if (read == 0)
            {
                return true;
            }

            length += read;
        }
    }

    private async ValueTask<int> ReadSomeAsync(Memory<byte> into, TimeSpan idle, CancellationToken cancellationToken)
    {
        exchange.DeadlineMilliseconds = parts.InFlight.Milliseconds() + (long)idle.TotalMilliseconds;
        var read = await upstream.ReadAsync(into, cancellationToken);
        exchange.DeadlineMilliseconds = long.MaxValue;
        return read;
    }

    private bool Grow()
    {
        var size = Math.Min(buffer.Length * 2, parts.Options.MaxPlainAnswerBytes);
        if (size <= buffer.Length || !exchange.Body!.TryHold(size - buffer.Length))
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(size);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
        return true;
    }

    /// <summary>Has the tool calls judged. What they make of the answer takes its place.</summary>
    /// <returns>False when it cannot be judged and must not pass.</returns>
    private async ValueTask<bool> TryGuardAsync(bool whole, CancellationToken cancellationToken)
    {
        var watch = parts.Judge.WatchFor(exchange);
        if (watch is Watch.None || (int)answer.StatusCode >= 400)
        {
            return true;
        }

        if (!whole || exchange.Answer.Unreadable)
        {
            return watch is not Watch.Enforce;
        }

        if (!exchange.Answer.SaysTool)
        {
            return true;
        }

        judged = await PlainGuard.ApplyAsync(exchange, parts.Judge, watch, buffer.AsMemory(0, length), CostChange(), cancellationToken);
        return judged is not null;
    }

    /// <summary>Writes head and body. A whole answer leaves when the call has been recorded, so that what a client has is never told as lost.</summary>
    private void Send(bool whole)
    {
        var change = whole && judged is null ? CostChange() : null;
        AnswerHead.Copy(answer, exchange.Http.Response, judged is not null ? judged.Length : whole ? length + (change is { } added ? added.With.Length - added.At.Length : 0) : null);
        exchange.Status = (int)answer.StatusCode;
        if (exchange.Draining)
        {
            return;
        }

        var client = exchange.Http.Response.BodyWriter;
        if (judged is not null)
        {
            Write(client, judged);
        }
        else if (change is { } cost)
        {
            Write(client, buffer.AsSpan(0, cost.At.Start));
            Write(client, cost.With);
            Write(client, buffer.AsSpan(cost.At.End, length - cost.At.End));
        }
        else
        {
            Write(client, buffer.AsSpan(0, length));
        }
    }

    private Change? CostChange() =>
        exchange.Entrance.CostInUsage && exchange.Answer.UsageObject is { IsPresent: true } usage
            ? AnswerSplices.Cost(buffer.AsSpan(0, length), usage, parts.Record.CostSoFar(exchange))
            : null;

    private void Write(PipeWriter client, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            client.Write(bytes);
            exchange.ResponseBytes += bytes.Length;
        }
    }

    /// <summary>The rest of an answer too large to hold goes through as it comes.</summary>
    private async Task PassOnAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        var client = exchange.Http.Response.BodyWriter;
        int read;
        do
        {
            if (!exchange.Draining && (await client.FlushAsync(cancellationToken)).IsCompleted)
            {
                parts.InFlight.ClientLeft(exchange);
            }

            read = await ReadSomeAsync(buffer, idle, cancellationToken);
            if (!exchange.Draining)
            {
                Write(client, buffer.AsSpan(0, read));
            }
        }
        while (read > 0);
    }
}
