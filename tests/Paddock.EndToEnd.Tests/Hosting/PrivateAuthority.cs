using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Paddock.EndToEnd.Tests.Hosting;

/// <summary>A certificate authority of a test's own, as companies have.</summary>
internal sealed class PrivateAuthority : IDisposable
{
    private static readonly DateTimeOffset from = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset until = DateTimeOffset.UnixEpoch.AddYears(200);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 root;

    public PrivateAuthority()
    {
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        root = request.CreateSelfSigned(from, until);
    }

    public string Pem => root.ExportCertificatePem();

    /// <summary>A certificate and its key, good for both ends of a connection to this machine.</summary>
    public (string Certificate, string Key) Issue(string name)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(root, from, until, RandomNumberGenerator.GetBytes(8));
        return (issued.ExportCertificatePem(), own.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        root.Dispose();
        key.Dispose();
    }
}
