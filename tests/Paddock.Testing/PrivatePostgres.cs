using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Paddock.Testing;

/// <summary>
/// A PostgreSQL of the tests' own: made in a temporary directory, on loopback and a free port, without fsync, gone afterwards.
/// Nothing vacuums: with hundreds of databases it would never rest. Each of its connections is a process that is begun; two do for a store.
/// Its shell waits on our pipe and ends the server when that closes, so it dies with the tests however they die.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Package = "postgresql";

    // `initdb` refuses root: as root everything runs as the user of the Debian package.
    private const string Run =
        """
        as=; if [ "$(id -u)" = 0 ]; then as="setpriv --reuid=postgres --regid=postgres --init-groups --reset-env"; fi
        $as "$BIN/postgres" -D "$DATA" -h 127.0.0.1 -p "$PORT" -k '' -c fsync=off -c full_page_writes=off -c synchronous_commit=on \
          -c autovacuum=off -c max_connections=200 -c shared_buffers=32MB -c log_min_messages=fatal >"$DATA/log" 2>&1 &
        server=$!
        read -r _ || true
        kill -INT $server 2>/dev/null
        wait $server
        """;

    private const string Make =
        """
        as=; if [ "$(id -u)" = 0 ]; then as="setpriv --reuid=postgres --regid=postgres --init-groups --reset-env"; fi
        if [ -n "$as" ]; then chown postgres "$DATA"; fi
        $as "$BIN/initdb" -D "$DATA" -U paddock -A trust -E UTF8 --locale=C --no-sync --no-instructions >/dev/null
        """;

    private readonly string binaries;
    private readonly string data;
    private Process? process;
    private int databases;

    private PrivatePostgres(string binaries, string data, int port) => (this.binaries, this.data, Port) = (binaries, data, port);

    public int Port { get; }

    /// <summary>Makes and starts a server.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed; the message names the package.</exception>
    public static async Task<PrivatePostgres> StartAsync(CancellationToken cancellationToken)
    {
        var server = new PrivatePostgres(FindBinaries(), Directory.CreateTempSubdirectory("paddock-pg-").FullName, FreePort());
        using var make = server.Shell(Make);
        await make.WaitForExitAsync(cancellationToken);
        if (make.ExitCode != 0)
        {
            throw new InvalidOperationException("initdb failed: " + await make.StandardError.ReadToEndAsync(cancellationToken));
        }

        await server.ResumeAsync(cancellationToken);
        return server;
    }

    /// <summary>Connection string of a new database.</summary>
    /// <param name="like">A database to copy, to which nobody is connected; else it is empty.</param>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken, string? like = null)
    {
        var name = $"test{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {like ?? "template1"}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Stops the server at once, as a power cut would; connections break. <see cref="ResumeAsync"/> starts it again.</summary>
    public async Task SuspendAsync(CancellationToken cancellationToken)
    {
        if (process is { } running)
        {
            process = null;
            running.StandardInput.Close();
            await running.WaitForExitAsync(cancellationToken);
            running.Dispose();
        }
    }

    /// <summary>Starts the server again, on the same port with the same data; completes when it answers.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        process = Shell(Run);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
            try
            {
                await connection.OpenAsync(limit.Token);
                return;
            }
            catch (NpgsqlException) when (!process.HasExited)
            {
                using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
                await pause.WaitForNextTickAsync(limit.Token);
            }
            catch (NpgsqlException fault)
            {
                throw new InvalidOperationException("PostgreSQL did not start: " + await File.ReadAllTextAsync(Path.Combine(data, "log"), cancellationToken), fault);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await SuspendAsync(CancellationToken.None);
        Directory.Delete(data, recursive: true);
    }

    private static string FindBinaries()
    {
        const string root = "/usr/lib/postgresql";
        var found = Directory.Exists(root) ? Directory.EnumerateDirectories(root).Select(d => Path.Combine(d, "bin")).Where(b => File.Exists(Path.Combine(b, "initdb"))).Order().LastOrDefault() : null;
        return found ?? throw new InvalidOperationException($"These tests need PostgreSQL's own programs in {root}: install the Debian package '{Package}' (./build setup does).");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username=paddock;Database={database};Timeout=15;Maximum Pool Size=2;SSL Mode=Disable;GSS Encryption Mode=Disable";

    private Process Shell(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            Environment = { ["BIN"] = binaries, ["DATA"] = data, ["PORT"] = Port.ToString() },
        };
        return Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start.");
    }
}
