using Microsoft.AspNetCore.Http;
using Paddock.Core.Identity;

namespace Paddock.Gateway.Identify;

/// <summary>Finds the key a client presents: <c>Authorization: Bearer</c>, <c>x-api-key</c> or <c>x-goog-api-key</c>.</summary>
internal static class PresentedKey
{
    /// <summary>
    /// The key's text, empty when none is presented. Of several values, in one header or in all three, the first that looks like one of
    /// ours is taken; clients that send a dummy of their own beside it exist.
    /// </summary>
    public static ReadOnlySpan<char> Of(IHeaderDictionary headers)
    {
        ReadOnlySpan<char> other = default;
        foreach (var value in headers.Authorization)
        {
            if (IsOurs(BearerText.In(value)))
            {
                return BearerText.In(value);
            }

            other = other.IsEmpty ? BearerText.In(value) : other;
        }

        foreach (var name in (ReadOnlySpan<string>)["x-api-key", "x-goog-api-key"])
        {
            foreach (var value in headers[name])
            {
                var text = value.AsSpan().Trim();
                if (IsOurs(text))
                {
                    return text;
                }

                other = other.IsEmpty ? text : other;
            }
        }

        return other;
    }

    private static bool IsOurs(ReadOnlySpan<char> text) => text.StartsWith("pk_", StringComparison.Ordinal) || SessionToken.IsMeant(text);
}
