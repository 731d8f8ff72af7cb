using System.Globalization;
using System.Text;
using System.Text.Json;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Execute;

/// <summary>The splices of an answer: the usage chunk the client did not ask for is taken out, and Roo's <c>usage.cost</c> is put in.</summary>
internal static class AnswerSplices
{
    /// <summary>Whether an event that only carries usage is there because Paddock asked for it.</summary>
    public static bool TakesOut(Exchange exchange, EventKind kind) =>
        kind is EventKind.UsageOnly && exchange.Request is { Stream: true, IncludeUsage: false };

    /// <summary>The bytes to insert before the usage object's closing brace: <c>"cost":0.0123</c> in USD, with a comma when it is not the first member. Null when it has a cost already.</summary>
    public static byte[]? Cost(ReadOnlySpan<byte> usageObject, long nanoUsd)
    {
        var reader = new Utf8JsonReader(usageObject);
        reader.Read();
        var first = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            first = false;
            if (reader.ValueTextEquals("cost"u8))
            {
                return null; // the provider tells its own (OpenRouter does); two of them would be a duplicate
            }

            reader.Read();
            reader.Skip();
        }

        var usd = (nanoUsd / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture);
        return Encoding.ASCII.GetBytes(first ? $"\"cost\":{usd}" : $",\"cost\":{usd}");
    }
}
