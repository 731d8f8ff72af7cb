using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Paddock.Settings;

/// <summary>An address to listen on.</summary>
/// <param name="Address">Null = all there are.</param>
/// <param name="Port">0 = one that is free.</param>
internal sealed record ListenAddress(bool IsHttps, IPAddress? Address, int Port)
{
    private const int Http = 80;
    private const int Https = 443;

    public bool IsLoopback => Address is not null && IPAddress.IsLoopback(Address);

    public override string ToString()
    {
        var host = Address is null ? "*" : Address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{Address}]" : Address.ToString();
        return $"{(IsHttps ? "https" : "http")}://{host}:{Port}";
    }

    /// <summary>Takes <c>http://127.0.0.1:5080</c>, <c>https://*:443</c>, <c>http://localhost</c>. Names other than localhost say nothing about where to listen and are refused.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address, out string fault)
    {
        address = null;
        fault = $"'{text}' is no address to listen on; expected such as http://127.0.0.1:5080 or https://*:443.";
        var any = text.Contains("://*", StringComparison.Ordinal) || text.Contains("://+", StringComparison.Ordinal);
        var plain = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            return false;
        }

        var https = uri.Scheme == Uri.UriSchemeHttps;
        var port = uri.IsDefaultPort && !text.EndsWith($":{uri.Port}", StringComparison.Ordinal) ? (https ? Https : Http) : uri.Port;
        if (uri.Host == "localhost")
        {
            address = new(https, IPAddress.Loopback, port);
        }
        else if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip))
        {
            address = new(https, any || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) ? null : ip, port);
        }
        else
        {
            fault = $"'{text}' names a host; listen on an address, and say with --hosts which names requests may carry.";
        }

        return address is not null;
    }
}
