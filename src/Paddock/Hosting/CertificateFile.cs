using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>
/// The certificate for https. Looks at its files every few seconds and takes a changed one; new connections get it, running ones keep
/// theirs. A broken one is logged, and the last good one serves on.
/// </summary>
internal sealed class CertificateFile : BackgroundService
{
    private static readonly TimeSpan period = TimeSpan.FromSeconds(5);

    private readonly CertificateSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private volatile SslServerAuthenticationOptions authentication;
    private string stamp;

    /// <exception cref="SettingsException">There is no certificate to serve with.</exception>
    public CertificateFile(CertificateSettings settings, TimeProvider time, ILogger<CertificateFile> logger)
    {
        (this.settings, this.time, this.logger) = (settings, time, logger);
        try
        {
            stamp = Stamp();
            authentication = Load();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingsException($"--certificate: {settings.File} cannot be used: {fault.Message}");
        }
    }

    /// <summary>With the certificate and its chain, for one handshake.</summary>
    public SslServerAuthenticationOptions Authentication => authentication;

    /// <summary>Takes the files in again if they changed.</summary>
    public void Look()
    {
        try
        {
            var now = Stamp();
            if (now == stamp)
            {
                return;
            }

            stamp = now;
            authentication = Load();
            Log.CertificateTaken(logger, settings.File, ((X509Certificate2)authentication.ServerCertificateContext!.TargetCertificate).NotAfter); // loaded with it
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Log.CertificateBroken(logger, settings.File, fault.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    private SslServerAuthenticationOptions Load()
    {
        var password = settings.PasswordFile is { } file ? File.ReadAllText(file).Trim() : null;
        var all = new X509Certificate2Collection();
        X509Certificate2 leaf;
        if (IsPem(settings.File))
        {
            all.ImportFromPemFile(settings.File);
            leaf = password is null
                ? X509Certificate2.CreateFromPemFile(settings.File, settings.KeyFile)
                : X509Certificate2.CreateFromEncryptedPemFile(settings.File, password, settings.KeyFile);
        }
        else
        {
            all.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(settings.File, password));
            leaf = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw new CryptographicException("It holds no private key.");
        }

        var chain = new X509Certificate2Collection(all.Where(one => one.Thumbprint != leaf.Thumbprint).ToArray());
        return new() { ServerCertificateContext = SslStreamCertificateContext.Create(leaf, chain, offline: true) };
    }

    private static bool IsPem(string file) => File.ReadLines(file, System.Text.Encoding.Latin1).Take(50).Any(line => line.StartsWith("-----BEGIN ", StringComparison.Ordinal));

    private string Stamp() => string.Join('\n', new[] { settings.File, settings.KeyFile, settings.PasswordFile }.OfType<string>().Select(FileStamp.Of));
}
