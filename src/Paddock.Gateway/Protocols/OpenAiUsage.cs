using System.Text.Json;
using Paddock.Core.Models;

namespace Paddock.Gateway.Protocols;

/// <summary>
/// Reads OpenAI's usage object, in the names of both its wires. Cached tokens are counted inside the prompt tokens there;
/// <see cref="TokenUsage"/> is disjoint.
/// </summary>
internal static class OpenAiUsage
{
    /// <summary>The reader stands on the object's opening brace and ends on its closing one.</summary>
    public static TokenUsage Read(ref Utf8JsonReader reader)
    {
        long input = 0, output = 0, read = 0, written = 0, reasoning = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8) || reader.ValueTextEquals("input_tokens"u8))
            {
                input = Count(ref reader);
            }
            else if (reader.ValueTextEquals("completion_tokens"u8) || reader.ValueTextEquals("output_tokens"u8))
            {
                output = Count(ref reader);
            }
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8))
            {
                written = Count(ref reader);
            }
            else if (EndsWithDetails(in reader))
            {
                ReadDetails(ref reader, ref read, ref written, ref reasoning);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new() { Input = Math.Max(0, input - read - written), CacheRead = read, CacheWrite5m = written, Output = output, Reasoning = Math.Min(reasoning, output) };
    }

    private static bool EndsWithDetails(in Utf8JsonReader reader) => reader.ValueSpan.EndsWith("_tokens_details"u8);

    private static void ReadDetails(ref Utf8JsonReader reader, ref long read, ref long written, ref long reasoning)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("cached_tokens"u8))
            {
                read = Count(ref reader);
            }
            else if (reader.ValueTextEquals("cache_write_tokens"u8))
            {
                written = Count(ref reader);
            }
            else if (reader.ValueTextEquals("reasoning_tokens"u8))
            {
                reasoning = Count(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private static long Count(ref Utf8JsonReader reader)
    {
        reader.Read();
        return TokenCount.Read(ref reader) ?? 0;
    }
}
