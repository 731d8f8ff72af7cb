using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Paddock.Core.Agents;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Execute;

/// <summary>The one place that turns a refusal into an answer: in the caller's wire, dressed so that the caller's agent stops.</summary>
internal sealed class RefusalWriter(Recording record)
{
    /// <summary>Refuses a call: nothing was sent upstream.</summary>
    public Task WriteAsync(Exchange exchange, Refusal refusal, CancellationToken cancellationToken)
    {
        exchange.Refusal = refusal;
        exchange.Outcome = CallOutcome.Refused;
        exchange.ErrorClass = WireProtocol.CodeOf(refusal.Reason);
        return WriteFailureAsync(exchange, refusal, cancellationToken);
    }

    /// <summary>Answers a call that failed; outcome and error class are set already.</summary>
    public async Task WriteFailureAsync(Exchange exchange, Refusal refusal, CancellationToken cancellationToken)
    {
        var response = exchange.Http.Response;
        if (response.HasStarted)
        {
            exchange.Http.Abort();
            return;
        }

        var dress = exchange.Dialect?.Dress(refusal) ?? RefusalDress.Usual(refusal);
        foreach (var (name, value) in dress.Headers)
        {
            response.Headers[name] = value;
        }

        // A turn needs a request that was read; before that, the plain error is all that can be said.
        var bytes = IsTurn(exchange, dress) && exchange.Request.ModelValue.IsPresent ? WriteTurn(exchange, refusal, dress) : WriteError(exchange, refusal, dress);
        exchange.Status = response.StatusCode;
        exchange.ResponseBytes = bytes.Length;
        response.ContentLength = bytes.Length;
        if (exchange.Body is null && HasBody(exchange.Http.Request))
        {
            response.Headers.Connection = "close"; // the body was not read; what follows on this connection would be taken for a request
        }

        await response.BodyWriter.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>
    /// Ends a stream that has begun, with a whole turn where that can follow what was said, else with the wire's own error event. Behind a
    /// call that has passed there is no turn: its end would be the end of that call too, which may be half of one.
    /// </summary>
    public static byte[] EndOfStream(Exchange exchange, Refusal refusal, bool hasPassedCalls, Recording record) =>
        exchange.Dialect?.Dress(refusal) is { } dress && IsTurn(exchange, dress) && exchange.Protocol.TurnsFollowDeltas && exchange.Request.Stream && !hasPassedCalls
            ? TurnOf(exchange, refusal, dress, stream: true, record.Spent(exchange, isServed: true))
            : exchange.Protocol.ErrorEvent(refusal);

    private static bool IsTurn(Exchange exchange, RefusalDress dress) => dress.AsTurn && (!dress.OnlyByTool || (dress.ClosingTool is { } tool && Offers(exchange, tool)));

    private static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;

    private byte[] WriteTurn(Exchange exchange, Refusal refusal, RefusalDress dress)
    {
        var stream = exchange.Request.Stream && !exchange.Entrance.CountsTokens;
        exchange.Http.Response.StatusCode = StatusCodes.Status200OK;
        exchange.Http.Response.ContentType = stream ? "text/event-stream" : "application/json";
        return TurnOf(exchange, refusal, dress, stream, record.Spent(exchange, isServed: false));
    }

    private static byte[] TurnOf(Exchange exchange, Refusal refusal, RefusalDress dress, bool stream, (TokenUsage Usage, long Cost) spent)
    {
        var turn = new WrittenTurn(exchange.Id.ToString(), exchange.Request.Model, "[Paddock] " + refusal.Message, stream, exchange.ReceivedAt.ToUnixTimeSeconds()) { Usage = spent.Usage, Cost = spent.Cost };
        return dress.ClosingTool is { } tool && Offers(exchange, tool) ? exchange.Protocol.ClosingTurn(turn, tool) : exchange.Protocol.Turn(turn);
    }

    /// <summary>Whether the request's tools name it. A mere look at the bytes: at worst the agent is called by a tool it has not offered, and says so.</summary>
    private static bool Offers(Exchange exchange, ClosingTool tool) => exchange.Part(BodyPart.Tools).IndexOf(Encoding.UTF8.GetBytes($"\"{tool.Name}\"")) >= 0;

    private static byte[] WriteError(Exchange exchange, Refusal refusal, RefusalDress dress)
    {
        var response = exchange.Http.Response;
        response.StatusCode = dress.Status ?? refusal.Status;
        response.ContentType = "application/json";
        if (refusal.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (refusal.Reason is RefusalReason.MissingKey)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, WireProtocol.Readable))
        {
            exchange.Protocol.WriteError(json, refusal, dress.ErrorType);
        }

        return buffer.ToArray();
    }
}
