using System.Diagnostics;
using System.Globalization;

namespace Paddock.Benchmarks.Guard;

/// <summary>One <c>paddock serve</c> under a release of its own.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private static readonly string executable = Path.GetFullPath(Path.Combine("artifacts", "bin", "Paddock", "release", "paddock"));

    private readonly string root = Directory.CreateTempSubdirectory("paddock-guard-").FullName;
    private Process process = null!; // started before anybody sees it

    public required string Name { get; init; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    /// <param name="policies">Documents beside the provider's; empty = none.</param>
    /// <param name="core">The one core that it has; null = all.</param>
    public static async Task<MeasuredServer> StartAsync(string name, MarkedProvider provider, string policies, int? core = null)
    {
        var server = new MeasuredServer { Name = name };
        var release = Directory.CreateDirectory(Path.Combine(server.root, "release")).FullName;
        await File.WriteAllTextAsync(Path.Combine(release, "provider.yaml"), $"apiVersion: paddock/v1alpha1\nkind: Provider\nmetadata: {{name: marked, owner: bench}}\nspec: {{wires: [openai-chat], baseUrl: {provider.Url}/v1, auth: {{scheme: none}}}}\n");
        if (policies.Length > 0)
        {
            await File.WriteAllTextAsync(Path.Combine(release, "policies.yaml"), policies);
        }

        string[] serve = ["serve", "--data", server.Data, "--urls", "http://127.0.0.1:0", "--release", release];
        server.process = core is { } one ? Start("taskset", ["-c", one.ToString(CultureInfo.InvariantCulture), executable, .. serve]) : Start(executable, serve);
        while (await server.process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf(" listens on ", StringComparison.Ordinal);
            if (at >= 0)
            {
                server.Http.BaseAddress = new(line[(at + " listens on ".Length)..].Split(',')[0].Trim());
                break;
            }
        }

        server.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + await server.KeyAsync("bench"));
        server.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "opencode/1.18.33");
        return server;
    }

    /// <summary>The administrator's key.</summary>
    public string AdminKey => File.ReadAllText(Path.Combine(Data, "keys", "admin.key")).Trim();

    private async Task<string> KeyAsync(string person)
    {
        using var made = Start(executable, ["key", "create", "--name", "bench", "--user", person, "--data", Data]);
        var key = (await made.StandardOutput.ReadToEndAsync()).Trim();
        await made.WaitForExitAsync();
        return key;
    }

    /// <summary>Seconds of CPU that the process has used.</summary>
    public double CpuSeconds()
    {
        var fields = File.ReadAllText($"/proc/{process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0; // proc(5): utime, stime in ticks of 10 ms
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private string Data => Path.Combine(root, "data");

    private static Process Start(string file, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = false }) ?? throw new InvalidOperationException("paddock did not start; build src/Paddock in Release first.");
}
