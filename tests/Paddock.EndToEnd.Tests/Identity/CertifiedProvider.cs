using System.Diagnostics;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>npm's oidc-provider, certified by the OpenID Foundation, as a process on loopback.</summary>
internal sealed class CertifiedProvider : IAsyncDisposable
{
    public const string ClientId = "paddock", ClientSecret = "a secret of tests";
    private const string Announces = "issuer ";

    private readonly Process process;
    private int ended;

    private CertifiedProvider(Process process, string issuer) => (this.process, Issuer) = (process, issuer);

    public string Issuer { get; }

    /// <param name="people">JSON: claims by name, beside the usual ones.</param>
    /// <param name="port">0 = any.</param>
    public static async Task<CertifiedProvider> StartAsync(string people = "{}", int port = 0)
    {
        var start = new ProcessStartInfo("node", [RepositoryFolder.Of("tests/Paddock.EndToEnd.Tests/Identity/Provider/provider.mjs"), RepositoryFolder.Of("artifacts/oidc"), port.ToString(System.Globalization.CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PEOPLE"] = people },
        };
        var started = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        started.ErrorDataReceived += static (_, _) => { };
        started.BeginErrorReadLine();
        while (await started.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(Announces, StringComparison.Ordinal))
            {
                return new(started, line[Announces.Length..]);
            }
        }

        throw new InvalidOperationException("The identity provider ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref ended, 1) == 0)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
