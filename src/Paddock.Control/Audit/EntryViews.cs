using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Audit.Witnesses;

namespace Paddock.Control.Audit;

/// <param name="Entries">Newest first.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last. A page may have fewer entries than were asked for, also none.</param>
public sealed record EntryList(IReadOnlyList<EntryView> Entries, string? Next)
{
    internal static EntryList Of(EntryPage page) => new([.. page.Entries.Select(EntryView.Of)], page.Next?.ToString("D"));
}

/// <summary>An entry of the audit log.</summary>
/// <param name="Index">Place in the shard, from 0; null, like the shard, while it is not in the log.</param>
/// <param name="Entry">Canonical JSON as a text: its UTF-8 is what is hashed, byte for byte.</param>
public sealed record EntryView(string Id, DateTimeOffset At, string Act, string? Ref, long? Shard, long? Index, string Entry)
{
    public static EntryView Of(KeptEntry entry) => new(entry.Id.ToString("D"), entry.MadeAt, entry.Act, entry.Ref, entry.Shard, entry.Index, Encoding.UTF8.GetString(entry.Bytes.Span));
}

/// <summary>How the audit log stands.</summary>
/// <param name="State">starting, signing, following (another process signs), waiting or halted, as this process sees it.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
/// <param name="Origin">The open shard's; null, like what follows, while nothing is published.</param>
/// <param name="Size">Entries under the newest log checkpoint.</param>
/// <param name="Root">Base64.</param>
/// <param name="Waiting">Entries that are not in the log yet.</param>
/// <param name="EntryBytes">Mean length of the newest entries.</param>
/// <param name="KeptOutside">When a witness last signed that it keeps a log checkpoint; null = never.</param>
/// <param name="Witnesses">As the process that answers sees them; only the one that signs feeds them.</param>
public sealed record LogView(
    string State, string? Problem, string? Origin, string? Vkey, long? Shard, long Size, string? Root, DateTimeOffset? SignedAt, long Waiting, DateTimeOffset? OldestWaiting, long? EntryBytes,
    DateTimeOffset? KeptOutside, IReadOnlyList<WitnessView> Witnesses)
{
    public static LogView Of(LogStatus status, PublishedLog? log, LogFigures figures, IReadOnlyList<WitnessStatus> witnesses) => new(
        status.State.ToString().ToLowerInvariant(), status.Problem, log?.Checkpoint.Origin, log?.VerifierKey, log?.Shard, log?.Checkpoint.Size ?? 0, log?.Checkpoint.Root.ToString(), log?.SignedAt,
        figures.Waiting, figures.OldestWaiting, figures.EntryBytes, figures.KeptOutside,
        [.. witnesses.Select(static witness => new WitnessView(witness.Name, witness.Host, witness.Size, witness.SignedAt, witness.Problem))]);
}

/// <summary>A witness of the log.</summary>
/// <param name="Size">Entries of the newest shard that it has signed for.</param>
/// <param name="SignedAt">When it last signed; null = never.</param>
/// <param name="Problem">Why it does not sign; null when it does.</param>
public sealed record WitnessView(string Name, string Host, long Size, DateTimeOffset? SignedAt, string? Problem);
