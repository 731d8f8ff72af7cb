using System.Security.Cryptography;
using System.Text.Json;

namespace Paddock.Core.Audit.Payloads;

/// <summary>Checks content that was given out against what the log says of it. Needs no key and nothing of Paddock's state.</summary>
public static class Disclosure
{
    /// <summary>HMAC-SHA-256 of the content under its salt.</summary>
    public static byte[] Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content) => HMACSHA256.HashData(salt, content);

    /// <summary>Which of an entry's captured contents this is.</summary>
    /// <param name="entry">As it is in the log.</param>
    /// <returns>The field's name; null when the entry says nothing of this content.</returns>
    /// <exception cref="JsonException">It is no entry.</exception>
    public static string? FieldOf(ReadOnlyMemory<byte> entry, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        using var document = JsonDocument.Parse(entry);
        if (document.RootElement.ValueKind is not JsonValueKind.Object || !document.RootElement.TryGetProperty(PayloadMark.Member, out var payloads) || payloads.ValueKind is not JsonValueKind.Array)
        {
            return null;
        }

        var commitment = Convert.ToBase64String(Commit(salt, content));
        foreach (var payload in payloads.EnumerateArray())
        {
            if (Text(payload, "alg") == "HS256" && Text(payload, "c") == commitment)
            {
                return Text(payload, "f");
            }
        }

        return null;
    }

    private static string? Text(JsonElement from, string name) =>
        from.ValueKind is JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
