using System.Text.Json;
using Paddock.Store.Identity;

namespace Paddock.Store.Ledger;

/// <summary>The teams of a call as one text: a JSON array.</summary>
internal static class TeamNames
{
    // Three bytes a character at most, below the 64 KB of a text in a record.
    private const int MaxCharacters = 20_000;

    public static string Format(IReadOnlyList<string> names)
    {
        var text = JsonSerializer.Serialize(names, IdentityJson.Default.IEnumerableString);
        for (var count = names.Count; text.Length > MaxCharacters; count /= 2)
        {
            text = JsonSerializer.Serialize(names.Take(count / 2), IdentityJson.Default.IEnumerableString);
        }

        return text;
    }

    public static string[] Parse(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("[]"u8) ? [] : JsonSerializer.Deserialize(text, IdentityJson.Default.StringArray) ?? [];

    public static string[] Parse(string text) =>
        text == "[]" ? [] : JsonSerializer.Deserialize(text, IdentityJson.Default.StringArray) ?? [];
}
