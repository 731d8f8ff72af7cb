using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>Where and how the server listens. Plain HTTP leaves the machine only behind a named proxy.</summary>
internal static class Listeners
{
    /// <exception cref="SettingsException">A URL cannot be listened on as it is.</exception>
    public static void Configure(WebApplicationBuilder builder, ServeSettings settings)
    {
        var urls = settings.ControlOnly ? ["http://127.0.0.1:0"] : settings.Urls;
        foreach (var url in urls)
        {
            Check(url, settings);
        }

        builder.WebHost.UseUrls([.. urls]);
        // The gateway's own thread rule lets model calls run where their bytes arrive.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = !settings.ControlOnly);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(5);
            kestrel.Limits.MaxRequestHeadersTotalSize = 64 << 10;
        });
    }

    private static void Check(string url, ServeSettings settings)
    {
        if (!Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var parsed)
            || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps))
        {
            throw new SettingsException($"--urls: '{url}' is no http or https address.");
        }

        var loopback = parsed.IsLoopback || (IPAddress.TryParse(parsed.Host, out var address) && IPAddress.IsLoopback(address));
        if (!loopback && parsed.Scheme == Uri.UriSchemeHttp && settings.BehindProxy.Count == 0)
        {
            throw new SettingsException($"--urls: {url} would carry keys in plain text over a network. Use https with a certificate, or name the reverse proxy in front with --behind-proxy.");
        }
    }
}
