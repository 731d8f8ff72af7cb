using Paddock.Core.Audit;

namespace Paddock.Control.Installation;

/// <summary>What the control plane asks of the process it lives in; the host answers.</summary>
public interface IInstallation
{
    /// <summary>How the installation is: every part with its own word.</summary>
    Task<StatusView> StatusAsync(CancellationToken cancellationToken);

    /// <summary>Writes a consistent copy of the database and what belongs to it, while calls go on. Keys of the installation (<c>DIR/keys</c>) are never in it. None leaves without its entry in the audit log.</summary>
    /// <exception cref="AuditUnavailableException">No device takes entries now.</exception>
    Task BackUpAsync(Stream target, AuditActor by, CancellationToken cancellationToken);
}

/// <param name="Ready">Whether it takes calls.</param>
/// <param name="Checks">Part and its state: <c>ok</c>, or what is wrong in plain words.</param>
/// <param name="Schema">Version of the database's schema.</param>
/// <param name="Release">Digest of the release in force.</param>
/// <param name="ReleaseDirectory">The directory that rules, when one does.</param>
/// <param name="Prices">Version of the price file.</param>
public sealed record StatusView(
    string Version, int ProcessId, DateTimeOffset StartedAt, IReadOnlyList<string> Urls, bool Ready, IReadOnlyDictionary<string, string> Checks, string Database, int Schema, string Release,
    int Documents, string? ReleaseDirectory, string Prices, long JournalBytes);
