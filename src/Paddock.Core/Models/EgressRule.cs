using System.Net;
using System.Net.Sockets;

namespace Paddock.Core.Models;

/// <summary>
/// Where no provider can be: link-local addresses (cloud metadata services live there), multicast, unspecified, broadcast.
/// Private addresses are fine, companies host models there. Checked when a document is loaded and again when a name was resolved.
/// </summary>
public static class EgressRule
{
    /// <summary>Amazon's metadata service over IPv6, which is not link-local.</summary>
    private static readonly IPAddress MetadataV6 = IPAddress.Parse("fd00:ec2::254");

    /// <summary>Alibaba's metadata service, in the range of carrier-grade NAT.</summary>
    private static readonly IPAddress MetadataAlibaba = IPAddress.Parse("100.100.100.200");

    private static readonly string[] metadataNames = ["metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"];

    /// <summary>Whether this is the well-known name of a metadata service.</summary>
    public static bool IsForbidden(string host) => metadataNames.Contains(host.TrimEnd('.'), StringComparer.OrdinalIgnoreCase);

    public static bool IsForbidden(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any) || address.Equals(MetadataV6) || HidesForbiddenV4(address);
        }

        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return bytes[0] is 0 or >= 224 || (bytes[0] == 169 && bytes[1] == 254) || address.Equals(MetadataAlibaba);
    }

    /// <summary>NAT64 (64:ff9b::/96, RFC 6052) and IPv4-compatible addresses lead to the IPv4 address in their last four bytes.</summary>
    private static bool HidesForbiddenV4(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        ReadOnlySpan<byte> nat64 = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];
        var compatible = !bytes[..12].ContainsAnyExcept((byte)0) && !address.Equals(IPAddress.IPv6Loopback);
        return (compatible || bytes[..12].SequenceEqual(nat64)) && IsForbidden(new IPAddress(bytes[12..]));
    }
}
