using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Control;
using Paddock.Gateway;
using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>Where and how the server listens; after the start it knows the ports that were given.</summary>
internal sealed class Listeners(ServeSettings settings)
{
    // The kernel's limit on the path of a socket is 108 bytes, on macOS 104.
    private const int LongestSocketPath = 100;

    private readonly List<(ListenerSettings Settings, ListenOptions Options)> bound = [];

    /// <summary>The socket in the data directory by which commands on this machine come; null when its path would be too long.</summary>
    public string? Socket { get; } = SocketPath(settings.DataDirectory);

    public void Configure(IWebHostBuilder host)
    {
        // Model calls run where their bytes arrive (docs/decisions/0005); FrontGate moves all others to the pool.
        host.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = !settings.ControlOnly);
        if (settings.Certificate is not null)
        {
            host.UseKestrelHttpsConfiguration();
        }

        host.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel);
            foreach (var listener in settings.ControlOnly ? [] : settings.Listeners)
            {
                Listen(kestrel, listener);
            }

            if (Socket is not null)
            {
                File.Delete(Socket); // left by a process that was killed; the directory's lock is ours
                kestrel.ListenUnixSocket(Socket, options => Tell(options, ListenerFacts.OfSocket(isLocal: settings.ControlOnly)));
            }
        });
    }

    /// <summary>The addresses of a side, with their ports.</summary>
    public IReadOnlyList<string> UrlsOf(ListenerSides side) =>
        [.. bound.Where(one => (one.Settings.Sides & side) != ListenerSides.None).Select(one => (one.Settings.Address with { Port = ((IPEndPoint)one.Options.EndPoint).Port }).ToString())];

    /// <summary>Only the owner of the data directory comes by the socket.</summary>
    public void CloseSocketToOthers()
    {
        if (Socket is not null && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static string? SocketPath(string directory)
    {
        var path = Path.Combine(directory, "control.sock");
        return System.Text.Encoding.UTF8.GetByteCount(path) <= LongestSocketPath ? path : null;
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.UseHeaderBytes();
        // Slow senders are cut off (headers here, bodies by Kestrel's minimum rate). Slow readers are not: an agent may look at a stream as long as it likes.
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(5);
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 << 10;
        kestrel.Limits.MaxRequestHeaderCount = 128;
    }

    private static void Tell(ListenOptions options, ListenerFacts facts) => options.Use(next => connection =>
    {
        connection.Features.Set(facts);
        if (facts.InFront is { } proxies)
        {
            connection.Features.Set(proxies);
        }

        if (facts.Sides.HasFlag(ListenerSides.Operators))
        {
            connection.Features.Set(OperatorsListener.Mark);
        }

        return next(connection);
    });

    private void Listen(KestrelServerOptions kestrel, ListenerSettings listener)
    {
        void Configure(ListenOptions options)
        {
            Tell(options, new(listener, settings.BehindProxy));
            if (listener.Address.IsHttps)
            {
                var file = kestrel.ApplicationServices.GetRequiredService<CertificateFile>();
                options.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(file.Authentication) });
            }

            bound.Add((listener, options));
        }

        if (listener.Address.Address is { } address)
        {
            kestrel.Listen(address, listener.Address.Port, Configure);
        }
        else
        {
            kestrel.ListenAnyIP(listener.Address.Port, Configure);
        }
    }
}
