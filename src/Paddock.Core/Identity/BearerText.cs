namespace Paddock.Core.Identity;

/// <summary>Reads <c>Authorization: Bearer …</c> (RFC 6750 §2.1; schemes are told apart whatever their case, RFC 9110 §11.1).</summary>
public static class BearerText
{
    private const string Scheme = "Bearer ";

    /// <returns>What is presented; empty when the header says something else, or nothing.</returns>
    public static ReadOnlySpan<char> In(ReadOnlySpan<char> header) => header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : default;
}
