using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Paddock.Control;

/// <summary>The reverse proxies that an operator has named. Set on connections where there are any.</summary>
public sealed class ReverseProxies(IReadOnlyList<IPNetwork> networks)
{
    /// <summary>Also one on this machine.</summary>
    public bool Contains(IPAddress address) => IPAddress.IsLoopback(address) || networks.Any(network => network.Contains(address));
}

/// <summary>The address that a request comes from.</summary>
public static class RequestSource
{
    /// <summary>Proxies in a row; behind more the last of them is the source.</summary>
    private const int MostHops = 8;

    /// <summary>
    /// The peer; behind proxies that the operator has named, the nearest in <c>X-Forwarded-For</c> that is none of them. What stands left of it could
    /// be made up.
    /// </summary>
    /// <returns>Null when the connection has none.</returns>
    public static string? Of(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } peer)
        {
            return null;
        }

        var source = Plain(peer);
        if (http.Features.Get<ReverseProxies>() is { } proxies)
        {
            var hops = string.Join(',', http.Request.Headers["X-Forwarded-For"].ToArray()).Split(',');
            for (var i = hops.Length - 1; i >= Math.Max(0, hops.Length - MostHops) && proxies.Contains(source) && IPEndPoint.TryParse(hops[i].Trim(), out var before); i--)
            {
                source = Plain(before.Address); // some proxies write the port too
            }
        }

        return source.ToString();
    }

    /// <summary>By what limits count it: who has an address of IPv6 has 2^64 of them (RFC 4291 §2.5.4).</summary>
    internal static string Counted(string? source) => source is null || !IPAddress.TryParse(source, out var address) || address.AddressFamily is not AddressFamily.InterNetworkV6
        ? source ?? ""
        : Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
