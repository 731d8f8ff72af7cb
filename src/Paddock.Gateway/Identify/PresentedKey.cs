using Microsoft.AspNetCore.Http;

namespace Paddock.Gateway.Identify;

/// <summary>Finds the key a client presents: <c>Authorization: Bearer</c>, <c>x-api-key</c> or <c>x-goog-api-key</c>.</summary>
internal static class PresentedKey
{
    /// <summary>The key's text, empty when none is presented. A client that sends several is taken by the first that looks like one of ours.</summary>
    public static ReadOnlySpan<char> Of(IHeaderDictionary headers)
    {
        var bearer = Bearer(headers.Authorization.ToString());
        if (IsOurs(bearer))
        {
            return bearer;
        }

        var apiKey = headers["x-api-key"].ToString().AsSpan().Trim();
        if (IsOurs(apiKey))
        {
            return apiKey;
        }

        var google = headers["x-goog-api-key"].ToString().AsSpan().Trim();
        return IsOurs(google) ? google : !bearer.IsEmpty ? bearer : !apiKey.IsEmpty ? apiKey : google;
    }

    private static bool IsOurs(ReadOnlySpan<char> text) => text.StartsWith("pk_", StringComparison.Ordinal);

    private static ReadOnlySpan<char> Bearer(ReadOnlySpan<char> header) =>
        header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : default;
}
