namespace Paddock.Agents;

/// <summary>Brings the forms in which git names a remote to one, without credentials.</summary>
internal static class RepositoryUrl
{
    /// <summary><c>https://host/path</c> for what names a host; null for local paths and anything else.</summary>
    public static string? Clean(string? remote)
    {
        if (Said.Name(remote) is not { } text)
        {
            return null;
        }

        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return FromScpForm(text);
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "ssh" or "git" && uri.Host.Length > 0
            ? Join(uri.IdnHost, uri.AbsolutePath)
            : null;
    }

    /// <summary><c>git@host:path</c>.</summary>
    private static string? FromScpForm(string text)
    {
        var at = text.LastIndexOf('@');
        var rest = at < 0 ? text : text[(at + 1)..];
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        return at >= 0 && colon > 0 && Uri.CheckHostName(rest[..colon]) is UriHostNameType.Dns or UriHostNameType.IPv4 ? Join(rest[..colon], rest[(colon + 1)..]) : null;
    }

    private static string? Join(string host, string path) => path.Trim('/') is { Length: > 0 } trimmed ? $"https://{host.ToLowerInvariant()}/{trimmed}" : null;
}
