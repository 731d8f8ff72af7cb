using System.Globalization;
using System.Text;
using System.Text.Json;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Execute;

/// <summary>The splices of an answer: the usage chunk the client did not ask for is taken out, and Roo's <c>usage.cost</c> is put in.</summary>
internal static class AnswerSplices
{
    /// <summary>Whether an event that only carries usage is there because Paddock asked for it.</summary>
    public static bool TakesOut(Exchange exchange, EventKind kind) =>
        kind is EventKind.UsageOnly && exchange.Request is { Stream: true, IncludeUsage: false };

    /// <summary>
    /// <c>"cost":0.0123</c> in USD as the usage object's last member. Where the provider tells its own (OpenRouter does), Paddock's stands in
    /// its place: the client shows and reports it, and so has the same number as the ledger and the budgets.
    /// </summary>
    /// <param name="data">The answer, or the event's data.</param>
    /// <param name="usage">Where the usage object lies in it.</param>
    public static Change Cost(ReadOnlySpan<byte> data, ByteRange usage, long nanoUsd)
    {
        var reader = new Utf8JsonReader(usage.Of(data), AnswerReader.Lenient);
        reader.Read();
        var (first, theirs) = (true, default(ByteRange));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            first = false;
            var isCost = reader.ValueTextEquals("cost"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            theirs = isCost ? new(usage.Start + start, (int)reader.BytesConsumed - start) : theirs; // of several the last one counts
        }

        var usd = (nanoUsd / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture);
        return theirs.IsPresent ? new(theirs, Encoding.ASCII.GetBytes(usd)) : new(new(usage.End - 1, 0), Encoding.ASCII.GetBytes(first ? $"\"cost\":{usd}" : $",\"cost\":{usd}"));
    }
}
