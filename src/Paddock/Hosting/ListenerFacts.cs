using System.Net;
using Paddock.Control;
using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>What a request must know of the listener it came by. Set on the connection, so that it costs nothing per request.</summary>
internal sealed class ListenerFacts
{
    private readonly HashSet<string> hosts;
    private readonly IReadOnlyList<IPNetwork>? proxies;

    public ListenerFacts(ListenerSettings settings, IReadOnlyList<IPNetwork> proxies)
    {
        Sides = settings.Sides;
        hosts = new(["localhost", "127.0.0.1", "[::1]", .. settings.Hosts], StringComparer.OrdinalIgnoreCase);
        if (settings.Address.Address is { } address)
        {
            hosts.Add(address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString());
        }

        IsLoopbackOnly = settings is { Address.IsLoopback: true, Hosts.Count: 0 } && proxies.Count == 0;
        InFront = proxies.Count > 0 ? new(proxies) : null;
        this.proxies = settings.Address is { IsHttps: false, IsLoopback: false } ? proxies : null;
    }

    private ListenerFacts(ListenerSides sides, bool isLocal) => (Sides, IsLocal, hosts) = (sides, isLocal, new(["localhost"], StringComparer.OrdinalIgnoreCase));

    public ListenerSides Sides { get; }

    /// <summary>Whether nobody from another machine comes this way: a loopback address, and no sign of a proxy in front of it, which would bring them.</summary>
    public bool IsLoopbackOnly { get; }

    /// <summary>The proxies that are believed where a request comes from; null when there are none.</summary>
    public ReverseProxies? InFront { get; }

    /// <summary>The socket of a command that owns the data directory itself.</summary>
    public bool IsLocal { get; }

    /// <summary>The socket in the data directory.</summary>
    /// <param name="isLocal">Whether only this very process uses it.</param>
    public static ListenerFacts OfSocket(bool isLocal) => new(ListenerSides.Operators, isLocal);

    public bool Allows(string host) => hosts.Contains(host);

    /// <summary>Whether a peer may speak plain HTTP here.</summary>
    public bool Trusts(IPAddress? peer)
    {
        if (proxies is null)
        {
            return true;
        }

        if (peer is null)
        {
            return false;
        }

        var address = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return IPAddress.IsLoopback(address) || proxies.Any(network => network.Contains(address));
    }
}
