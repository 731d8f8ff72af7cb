using System.Text.Json;
using Paddock.Core.Models;

namespace Paddock.Gateway.Protocols.AnthropicMessages;

/// <summary>Reads Anthropic's usage object. Cached tokens stand beside the input tokens there, as in <see cref="TokenUsage"/>.</summary>
internal static class AnthropicUsage
{
    /// <summary>Overrides what this object names and keeps the rest. The reader stands on the opening brace and ends on the closing one.</summary>
    public static TokenUsage Merge(ref Utf8JsonReader reader, TokenUsage usage)
    {
        long? written = null;
        (long FiveMinutes, long Hour)? split = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("input_tokens"u8))
            {
                usage = usage with { Input = Count(ref reader) ?? usage.Input };
            }
            else if (reader.ValueTextEquals("output_tokens"u8))
            {
                usage = usage with { Output = Count(ref reader) ?? usage.Output };
            }
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8))
            {
                usage = usage with { CacheRead = Count(ref reader) ?? usage.CacheRead };
            }
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8))
            {
                written = Count(ref reader);
            }
            else if (reader.ValueTextEquals("cache_creation"u8))
            {
                split = ReadSplit(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return WithWrites(usage, written, split);
    }

    /// <summary>The split by lifetime wins; without one, writes are the 5-minute kind, Anthropic's default.</summary>
    private static TokenUsage WithWrites(TokenUsage usage, long? written, (long FiveMinutes, long Hour)? split)
    {
        if (split is { } parts && (parts.FiveMinutes + parts.Hour > 0 || written is null or 0))
        {
            return usage with { CacheWrite5m = parts.FiveMinutes, CacheWrite1h = parts.Hour };
        }

        return written is { } all && all != usage.CacheWrite5m + usage.CacheWrite1h ? usage with { CacheWrite5m = all, CacheWrite1h = 0 } : usage;
    }

    private static (long FiveMinutes, long Hour)? ReadSplit(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        long five = 0, hour = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ephemeral_5m_input_tokens"u8))
            {
                five = Count(ref reader) ?? 0;
            }
            else if (reader.ValueTextEquals("ephemeral_1h_input_tokens"u8))
            {
                hour = Count(ref reader) ?? 0;
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return (five, hour);
    }

    private static long? Count(ref Utf8JsonReader reader)
    {
        reader.Read();
        return TokenCount.Read(ref reader);
    }
}
