using System.Collections.Immutable;

namespace Paddock.Core.Releases;

/// <summary>Reads the headers that are set on every request to a provider.</summary>
internal static class ProviderHeaders
{
    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    /// <summary>Headers that are the connection's own, or the client's, and break a request when set from outside.</summary>
    private static readonly string[] reserved =
        ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "te", "trailer", "upgrade", "host", "content-length", "content-encoding", "content-type", "accept-encoding", "expect"];

    private static readonly string[] secret = ["authorization", "proxy-authorization", "x-api-key", "api-key", "x-goog-api-key", "cookie"];

    public static ImmutableDictionary<string, string> Read(Fields spec)
    {
        var headers = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value, line, path) in spec.Pairs("headers"))
        {
            if (Refusal(name, value) is { } refusal)
            {
                spec.Place.Fault(line, path, refusal);
            }
            else if (headers.ContainsKey(name))
            {
                spec.Place.Fault(line, path, "This header stands here twice; case makes no difference.");
            }
            else
            {
                headers = headers.Add(name, value);
            }
        }

        return headers;
    }

    public static bool IsName(string name) => name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || TokenMarks.Contains(c, StringComparison.Ordinal));

    public static bool IsReserved(string name) => reserved.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string? Refusal(string name, string value) => name switch
    {
        _ when !IsName(name) => "This is no name of an HTTP header.",
        _ when IsReserved(name) => "This header belongs to the connection and cannot be set.",
        _ when secret.Contains(name, StringComparer.OrdinalIgnoreCase) => "This header carries a credential; 'auth' and 'credential' set it. " + SecretText.Remedy,
        _ when value.Any(c => c is < ' ' or > '~') => "A header's value is printable ASCII.",
        _ => null,
    };
}
