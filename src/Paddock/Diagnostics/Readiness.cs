using Microsoft.Extensions.Hosting;
using Paddock.Control.Releases;
using Paddock.Core.Ledger;
using Paddock.Settings;
using Paddock.Store;

namespace Paddock.Diagnostics;

/// <param name="IsReady">Whether calls are taken. A database that is away does not change that: calls go on from memory and journal, changes do not.</param>
/// <param name="Checks">Part and <c>ok</c>, or what is wrong.</param>
internal sealed record ReadinessReport(bool IsReady, SortedDictionary<string, string> Checks, long JournalBytes);

/// <summary>Looks whether the server should get traffic. The answer is kept for a moment, so that asking often costs nothing.</summary>
internal sealed class Readiness(ServeSettings settings, StoreMaintenance store, ILedger ledger, ReleaseBook book, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);
    private const string Ok = "ok";

    private readonly Lock gate = new();
    private (long At, Task<StoreHealth?> Health)? last;

    public async Task<ReadinessReport> LookAsync(CancellationToken cancellationToken)
    {
        var health = await HealthAsync().WaitAsync(cancellationToken);
        var stopping = lifetime.ApplicationStopping.IsCancellationRequested;
        var checks = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["audit"] = AuditOf(health?.Audit),
            ["audit_witness"] = KeptOf(health?.Audit.KeptOutside),
            ["database"] = health is { DatabaseReachable: true } ? Ok : "does not answer; calls go on, changes do not",
            ["disk"] = health is { Audit.Disk: not Ok } ? $"{health.Audit.Disk}: {health.Audit.FreeBytes >> 20} MiB are left" : Ok,
            ["ledger"] = ledger.IsHealthy ? Ok : health?.Problem ?? "cannot be written",
            ["ledger_shipping"] = health is { LedgerShipping: true } ? Ok : "records wait on disk",
            ["release"] = book.Current is not null ? Ok : "none is in force",
            ["stopping"] = stopping ? "no new calls are taken" : Ok,
        };
        return new((ledger.IsHealthy || health?.Audit.GlassBrokenUntil is not null) && book.Current is not null && !stopping && !settings.ControlOnly, checks, health?.JournalBytes ?? 0);
    }

    private static string AuditOf(AuditHealth? audit) => audit switch
    {
        { Available: false } => "cannot be written: mutating tool calls are refused",
        { GlassBrokenUntil: { } until } => $"the glass is broken until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}",
        { DatabaseTakes: false } => "entries wait in a file for the database",
        { Halted: { } why } => $"the log is not signed any more, entries gather: {why}",
        { Behind.TotalSeconds: > 10 and var behind } => $"entries wait {behind:F0} s to come into the log",
        _ => Ok,
    };

    /// <summary>What whoever has the signing key could not change any more, as of when.</summary>
    private string KeptOf(DateTimeOffset? kept) => (kept, settings.Witnesses.Count) switch
    {
        ({ } at, _) => $"a log checkpoint was kept outside {Math.Max(0, (time.GetUtcNow() - at).TotalSeconds):F0} s ago",
        (null, 0) => "never: the log has no witness",
        _ => "never",
    };

    private Task<StoreHealth?> HealthAsync()
    {
        lock (gate)
        {
            if (last is { } known && time.GetElapsedTime(known.At) < fresh)
            {
                return known.Health;
            }

            var asked = AskAsync();
            last = (time.GetTimestamp(), asked);
            return asked;
        }
    }

    private async Task<StoreHealth?> AskAsync()
    {
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            return await store.CheckAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
