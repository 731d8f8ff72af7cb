using System.Text.Json;

namespace Paddock.Gateway.Protocols;

/// <summary>Reads a number of tokens as a provider tells it.</summary>
internal static class TokenCount
{
    /// <summary>More than any call can have. Who says more is wrong, and the sums of the ledger and of budgets must not overflow.</summary>
    public const long Most = 100_000_000;

    /// <summary>Also as some gateways write it, <c>12.0</c>. Null for what is no count; the reader ends behind the value.</summary>
    public static long? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var count) && count >= 0)
        {
            return (long)Math.Min(Math.Round(count), Most);
        }

        reader.Skip();
        return null;
    }
}
