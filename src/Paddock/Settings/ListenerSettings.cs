namespace Paddock.Settings;

/// <summary>Who is served on a listener.</summary>
[Flags]
internal enum ListenerSides
{
    None = 0,
    Agents = 1,
    Operators = 2,
    Both = Agents | Operators,
}

/// <summary>One listener.</summary>
/// <param name="Hosts">Names that requests may carry, beside loopback's and the address itself.</param>
internal sealed record ListenerSettings(ListenAddress Address, ListenerSides Sides, IReadOnlyList<string> Hosts);

/// <summary>Where the certificate for https lies.</summary>
/// <param name="KeyFile">PEM; null = in <paramref name="File"/>.</param>
/// <param name="PasswordFile">Null = none is needed.</param>
internal sealed record CertificateSettings(string File, string? KeyFile = null, string? PasswordFile = null);
