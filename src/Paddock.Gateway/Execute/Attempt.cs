using System.IO.Compression;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Snapshot;
using Paddock.Gateway.Decide;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Receive;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Execute;

/// <summary>One try at one provider: send, judge the head, relay the body, note what happened.</summary>
internal sealed class Attempt(GatewayOptions options, InFlightCalls inFlight, Recording record, IToolJudge judge, TimeProvider time, ILogger<Attempt> logger)
{
    private static readonly TimeSpan endWithin = TimeSpan.FromMilliseconds(500);

    private readonly StreamRelay.Parts parts = new(options, inFlight, record, time, judge);

    public async Task<AttemptResult> RunAsync(
        Exchange exchange, UpstreamTarget target, HttpMessageInvoker client, Secret? secret, AttemptLimits limits, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        var noted = new Note();
        AttemptResult? result = null;
        try
        {
            using var request = UpstreamRequest.Build(exchange, target, secret);
            using var answer = await client.SendAsync(request, cancellationToken);
            noted.Status = (int)answer.StatusCode;
            noted.RequestId = RequestIdOf(answer);
            result = await JudgeAsync(exchange, target, answer, limits, cancellationToken);
            return result;
        }
        catch (HttpRequestException exception)
        {
            var errorClass = ErrorClasses.Of(exception);
            Log.ProviderGaveNoAnswer(logger, target.Provider.Name, errorClass, ReasonOf(exception));
            result = new AttemptResult.Failed(errorClass, 0, null);
            return result;
        }
        catch (OperationCanceledException) when (exchange.IsEnded || exchange.EndCause is EndCause.UpstreamTimeout)
        {
            result = new AttemptResult.Failed(exchange.EndCause is EndCause.UpstreamTimeout ? ErrorClasses.Timeout : "cancelled", noted.Status, null);
            return result;
        }
        finally
        {
            Add(exchange, target, startedAt, time.GetElapsedTime(started), noted, result);
        }
    }

    /// <summary>The system's words for it; of an answer that is no HTTP only that, because they would repeat what the provider sent.</summary>
    private static string ReasonOf(HttpRequestException exception) => exception.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
        ? exception.HttpRequestError.ToString()
        : (exception.InnerException ?? exception).Message;

    private static void Add(Exchange exchange, UpstreamTarget target, DateTimeOffset startedAt, TimeSpan duration, Note noted, AttemptResult? result)
    {
        var error = result switch
        {
            AttemptResult.Failed failed => failed.ErrorClass,
            AttemptResult.Unauthorized => "upstream_auth",
            AttemptResult.Served => exchange.ErrorClass,
            _ => ErrorClasses.ClientAbort,
        };
        exchange.Attempts.Add(new(exchange.Attempts.Count + 1, target.Provider.Name, target.Model, startedAt, duration, noted.Status, error, noted.RequestId));
    }

    private async Task<AttemptResult> JudgeAsync(Exchange exchange, UpstreamTarget target, HttpResponseMessage answer, AttemptLimits limits, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        if (limits.MayChangeCredential && status is 401 or 403)
        {
            return AttemptResult.Unauthorized.Instance;
        }

        if (!ErrorClasses.IsAnswer(status))
        {
            return new AttemptResult.Failed(ErrorClasses.Redirect, status, null);
        }

        var retryAfter = limits.Plan.MayHaveNext ? RetryAfter.Of(answer.Headers, time.GetUtcNow()) : null;
        var mayRetry = limits.Plan.HasNext(retryAfter);
        if (mayRetry && ErrorClasses.IsRetryable(status))
        {
            return new AttemptResult.Failed(ErrorClasses.Of(status), status, retryAfter);
        }

        var coding = CodingOf(answer);
        if (coding is Coding.Unknown)
        {
            return new AttemptResult.Failed(ErrorClasses.Encoding, status, null);
        }

        await using var raw = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var body = ContentCoding.Decode(raw, coding);
        var result = IsStream(exchange, answer)
            ? await StreamAsync(exchange, target, answer, body, mayRetry, cancellationToken)
            : await PlainAsync(exchange, target, answer, body, mayRetry, cancellationToken);
        return result is AttemptResult.Failed failed ? failed with { RetryAfter = retryAfter } : result;
    }

    private async Task<AttemptResult> StreamAsync(Exchange exchange, UpstreamTarget target, HttpResponseMessage answer, Stream body, bool mayRetry, CancellationToken cancellationToken)
    {
        using var relay = new StreamRelay(exchange, answer, body, parts);
        try
        {
            return await relay.RunAsync(mayRetry, target.Provider.Timeouts.Idle, cancellationToken);
        }
        catch (Exception exception) when (IsUpstreamBreak(exception, exchange, body))
        {
            var timedOut = exchange.EndCause is EndCause.UpstreamTimeout;
            var failed = new AttemptResult.Failed(timedOut ? ErrorClasses.Timeout : ErrorClasses.MidStream, (int)answer.StatusCode, null);
            if (!relay.IsCommitted)
            {
                return failed;
            }

            await relay.PassRestAsync(exchange.Http.RequestAborted);
            return Broken(exchange, failed.ErrorClass);
        }
        catch (OperationCanceledException) when (relay.IsCommitted && exchange.IsEnded)
        {
            await EndStreamAsync(exchange);
            return AttemptResult.Served.Instance;
        }
    }

    private async Task<AttemptResult> PlainAsync(Exchange exchange, UpstreamTarget target, HttpResponseMessage answer, Stream body, bool mayRetry, CancellationToken cancellationToken)
    {
        using var relay = new PlainRelay(exchange, answer, body, parts);
        try
        {
            return await relay.RunAsync(mayRetry, target.Provider.Timeouts.Idle, cancellationToken);
        }
        catch (Exception exception) when (IsUpstreamBreak(exception, exchange, body))
        {
            var timedOut = exchange.EndCause is EndCause.UpstreamTimeout;
            return exchange.Http.Response.HasStarted
                ? Broken(exchange, ErrorClasses.MidStream)
                : new AttemptResult.Failed(timedOut ? ErrorClasses.Timeout : ErrorClasses.MidStream, (int)answer.StatusCode, null);
        }
    }

    /// <summary>The answer broke after the commit: the client's connection breaks too, as it would have without Paddock.</summary>
    private static AttemptResult.Served Broken(Exchange exchange, string errorClass)
    {
        exchange.Outcome = CallOutcome.Partial;
        exchange.ErrorClass = errorClass;
        exchange.Http.Abort();
        return AttemptResult.Served.Instance;
    }

    /// <summary>Paddock ends a running stream: the wire's own error event, then the end. A client that does not read it in time is cut off: until then the provider is still connected.</summary>
    private async Task EndStreamAsync(Exchange exchange)
    {
        var (refusal, errorClass) = Refusals.OfEnd(exchange);
        (exchange.Outcome, exchange.ErrorClass) = (CallOutcome.Cancelled, errorClass);
        var bytes = exchange.Protocol.ErrorEvent(refusal);
        using var patience = new CancellationTokenSource(endWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, exchange.Http.RequestAborted);
        try
        {
            await exchange.Http.Response.BodyWriter.WriteAsync(bytes, either.Token);
            exchange.ResponseBytes += bytes.Length;
        }
        catch (OperationCanceledException) when (!exchange.Http.RequestAborted.IsCancellationRequested)
        {
            exchange.Http.Abort();
        }
    }

    private static bool IsUpstreamBreak(Exception exception, Exchange exchange, Stream body) => exception switch
    {
        _ when exchange.Http.RequestAborted.IsCancellationRequested => false,
        HttpRequestException or IOException or InvalidDataException => true,
        InvalidOperationException => body is BrotliStream, // its way to say that the bytes are none of its own
        OperationCanceledException => exchange.EndCause is EndCause.UpstreamTimeout,
        _ => false,
    };

    private static Coding CodingOf(HttpResponseMessage answer) =>
        answer.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
            ? values.Count == 1 ? ContentCoding.Of(values.ToString()) : Coding.Unknown
            : Coding.Identity;

    /// <summary>By what came, not by what was asked for; a stream under a wrong type is a stream when one was asked for and it is no JSON. An error is none, whatever its type.</summary>
    private static bool IsStream(Exchange exchange, HttpResponseMessage answer)
    {
        var type = answer.Content.Headers.ContentType?.MediaType;
        return answer.IsSuccessStatusCode
            && (string.Equals(type, "text/event-stream", StringComparison.OrdinalIgnoreCase) || (exchange.Request.Stream && type?.Contains("json", StringComparison.OrdinalIgnoreCase) != true));
    }

    private static string? RequestIdOf(HttpResponseMessage answer)
    {
        foreach (var name in (ReadOnlySpan<string>)["x-request-id", "request-id"])
        {
            if (answer.Headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 and <= 200 } id)
            {
                return id;
            }
        }

        return null;
    }

    private sealed class Note
    {
        public int Status { get; set; }

        public string? RequestId { get; set; }
    }
}
