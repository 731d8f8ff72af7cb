using System.Net;
using System.Net.Sockets;

namespace Paddock.Gateway.Execute;

/// <summary>
/// Addresses no provider can have: link-local ones (cloud metadata services live there), multicast, unspecified, broadcast.
/// Private addresses are fine, companies host models there.
/// </summary>
internal static class EgressGuard
{
    /// <summary>Amazon's metadata service over IPv6, which is not link-local.</summary>
    private static readonly IPAddress MetadataV6 = IPAddress.Parse("fd00:ec2::254");

    public static bool IsForbidden(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any) || address.Equals(MetadataV6);
        }

        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return bytes[0] is 0 or >= 224 || (bytes[0] == 169 && bytes[1] == 254);
    }
}
