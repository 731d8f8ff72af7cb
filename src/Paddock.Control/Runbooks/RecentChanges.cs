using System.Collections.Immutable;
using System.Globalization;
using Paddock.Core.Ledger;
using Paddock.Core.Releases;

namespace Paddock.Control.Runbooks;

/// <summary>Lists what changed lately: releases that were put in force, and of calls the prompts, tools, modes and agents that were not there before. Only fingerprints are known, no texts.</summary>
internal sealed class RecentChanges(IReleaseStore releases, ILedgerReader ledger, TimeProvider time)
{
    /// <summary>What was last seen so long before the window is new in it.</summary>
    private static readonly TimeSpan before = TimeSpan.FromDays(1);

    /// <returns>A line for each, the oldest first.</returns>
    public async Task<ImmutableArray<string>> ListAsync(TimeSpan window, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var start = now - window;
        var activated = (await releases.ActivationsAsync(start, now, cancellationToken)).Select(static one => (one.At, Says: Words(one)));
        var seen = (await ledger.NewFingerprintsAsync(start - before, start, now, cancellationToken)).Select(static one => (At: one.FirstAt, Says: Words(one)));
        return [.. activated.Concat(seen).OrderBy(static one => one.At).Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC {one.Says}"))];
    }

    private static string Words(ReleaseActivation one) => $"release {one.Digest.Value} was {(one.IsReturn ? "put back in force" : "put in force")}";

    private static string Words(NewFingerprint one) => $"{one.Agent}{(one.Mode is null ? "" : $" in mode {one.Mode}")}: {Name(one.Kind)} {one.Value} is new ({one.Calls} calls)";

    private static string Name(FingerprintKind kind) => kind switch
    {
        FingerprintKind.System => "system prompt",
        FingerprintKind.Tools => "set of tools",
        FingerprintKind.Mode => "text of its mode",
        _ => "version",
    };
}
