using System.Text;
using System.Text.Json;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>Quotes and escapes of a word in shfmt's tree.</summary>
internal static class ShfmtWord
{
    /// <returns>What makes it more than literal text; null when nothing does.</returns>
    public static string? Read(JsonElement word, StringBuilder text)
    {
        var bare = new StringBuilder();
        foreach (var part in word.GetProperty("Parts").EnumerateArray())
        {
            switch (part.GetProperty("Type").GetString())
            {
                case "Lit":
                    Bare(part.GetProperty("Value").GetString()!, text, bare);
                    break;
                case "SglQuoted" when !IsDollar(part):
                    text.Append(part.TryGetProperty("Value", out var single) ? single.GetString() : "");
                    bare.Append('_');
                    break;
                case "DblQuoted" when !IsDollar(part):
                    bare.Append('_');
                    if (Quoted(part, text) is { } why)
                    {
                        return why;
                    }

                    break;
                case var type:
                    return type;
            }
        }

        return IsPattern(bare.ToString()) ? "pattern" : null;
    }

    private static bool IsDollar(JsonElement part) => part.TryGetProperty("Dollar", out var dollar) && dollar.GetBoolean();

    private static string? Quoted(JsonElement part, StringBuilder text)
    {
        if (!part.TryGetProperty("Parts", out var parts) || parts.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var inner in parts.EnumerateArray())
        {
            if (inner.GetProperty("Type").GetString() is not "Lit" and var type)
            {
                return type;
            }

            var value = inner.GetProperty("Value").GetString()!;
            for (var i = 0; i < value.Length; i++)
            {
                if (value[i] == '\\' && i + 1 < value.Length && value[i + 1] is '$' or '`' or '"' or '\\' or '\n')
                {
                    i++;
                    text.Append(value[i] == '\n' ? "" : value[i].ToString());
                }
                else
                {
                    text.Append(value[i]);
                }
            }
        }

        return null;
    }

    private static void Bare(string value, StringBuilder text, StringBuilder bare)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\')
            {
                text.Append(value[i]);
                bare.Append(value[i]);
            }
            else if (++i < value.Length && value[i] != '\n')
            {
                text.Append(value[i]);
                bare.Append('_');
            }
        }
    }

    private static bool IsPattern(string bare) =>
        bare.AsSpan().IndexOfAny('*', '?') >= 0 || (bare.Contains('[') && bare.Contains(']')) || bare.StartsWith('~') || (bare.Contains('{') && bare.Contains('}') && (bare.Contains(',') || bare.Contains("..", StringComparison.Ordinal)));
}
