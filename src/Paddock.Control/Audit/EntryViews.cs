using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Control.Audit;

/// <param name="Entries">Newest first.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
public sealed record EntryList(IReadOnlyList<EntryView> Entries, string? Next);

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
public sealed record LogView(
    string State, string? Problem, string? Origin, string? Vkey, long? Shard, long Size, string? Root, DateTimeOffset? SignedAt, long Waiting, DateTimeOffset? OldestWaiting, long? EntryBytes)
{
    public static LogView Of(LogStatus status, PublishedLog? log, LogFigures figures) => new(
        status.State.ToString().ToLowerInvariant(), status.Problem, log?.Checkpoint.Origin, log?.VerifierKey, log?.Shard, log?.Checkpoint.Size ?? 0, log?.Checkpoint.Root.ToString(), log?.SignedAt,
        figures.Waiting, figures.OldestWaiting, figures.EntryBytes);
}
