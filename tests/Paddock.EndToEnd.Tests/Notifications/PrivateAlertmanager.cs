using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Notifications;

/// <summary>
/// An Alertmanager of a test's own, on loopback and a free port. Its shell waits on our pipe and ends it when that closes, so it dies with the
/// tests however they die.
/// </summary>
internal sealed class PrivateAlertmanager : IAsyncDisposable
{
    private const string Run =
        """
        "$PROGRAM" --config.file="$FOLDER/config.yml" --storage.path="$FOLDER/data" --web.listen-address="127.0.0.1:$PORT" --cluster.listen-address= >"$FOLDER/log" 2>&1 &
        server=$!
        read -r _ || true
        kill -TERM $server 2>/dev/null
        wait $server
        """;

    private readonly HttpClient http = new();
    private readonly string folder = Directory.CreateTempSubdirectory("paddock-alertmanager-").FullName;
    private readonly int port = FreePort();
    private Process process = null!; // started before anybody sees it

    public Uri Address => new($"http://127.0.0.1:{port}");

    /// <param name="receiver">Webhook that it posts groups to.</param>
    public static async Task<PrivateAlertmanager> StartAsync(string receiver, CancellationToken cancellationToken)
    {
        var server = new PrivateAlertmanager();
        await File.WriteAllTextAsync(Path.Combine(server.folder, "config.yml"), $$"""
            route: {receiver: hook, group_by: [alertname], group_wait: 1s, group_interval: 1s}
            receivers:
            - {name: hook, webhook_configs: [{url: "{{receiver}}", send_resolved: true}]}
            """, cancellationToken);
        var start = new ProcessStartInfo("sh", ["-c", Run]) { UseShellExecute = false, RedirectStandardInput = true };
        start.Environment["PROGRAM"] = UnpackedProgram.Of("prometheus-alertmanager", "prometheus-alertmanager", "alertmanager");
        (start.Environment["FOLDER"], start.Environment["PORT"]) = (server.folder, server.port.ToString(CultureInfo.InvariantCulture));
        server.process = Process.Start(start) ?? throw new InvalidOperationException("sh did not start.");
        await Eventually.IsAsync(server.IsReadyAsync, () => File.ReadAllText(Path.Combine(server.folder, "log")), cancellationToken);
        return server;
    }

    /// <summary>Names and subjects of those that it holds for open.</summary>
    public async Task<string[]> ActiveAsync(CancellationToken cancellationToken)
    {
        using var said = JsonDocument.Parse(await http.GetStringAsync(new Uri(Address, "/api/v2/alerts?active=true"), cancellationToken));
        return [.. said.RootElement.EnumerateArray().Select(static one => one.GetProperty("labels")).Select(static labels => $"{labels.GetProperty("alertname")} {labels.GetProperty("subject")}").Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            return (await http.GetAsync(new Uri(Address, "/-/ready"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
