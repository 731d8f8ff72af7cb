using System.Globalization;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Control.Audit.Payloads;

/// <param name="Contents">Newest first.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
public sealed record ContentList(IReadOnlyList<ContentView> Contents, string? Next);

/// <summary>Kept content, without the content.</summary>
/// <param name="Key">The data key that it is sealed under.</param>
/// <param name="Principal">Id of whoever it came from.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Held">Whether a legal hold stands on it.</param>
public sealed record ContentView(string Id, string Class, string Key, DateTimeOffset KeptAt, string? Task, string? Principal, int Length, bool Held)
{
    public static ContentView Of(PayloadInfo info) => new(info.Id.Value, info.Key.Class, info.Key.Value, info.KeptAt, info.Task, info.Principal, info.Length, info.IsHeld);
}

/// <summary>Content that was given out, with what proves it.</summary>
/// <param name="Content">The masked content, base64.</param>
/// <param name="Salt">32 bytes, base64.</param>
/// <param name="Entry">The entry that names it, as it is hashed; null when none was found.</param>
/// <param name="Field">What it is of that entry.</param>
public sealed record ContentReading(ContentView About, string Content, string Salt, string? Entry, string? Field);

/// <param name="Redacted">How many were taken away, or would be.</param>
/// <param name="Held">How many stay because of a legal hold.</param>
/// <param name="IsDryRun">Whether nothing was done.</param>
public sealed record RedactionView(long Redacted, long Held, bool IsDryRun);

/// <param name="State">done; pending (recorded, could not be destroyed here yet, goes on by itself); done_before.</param>
public sealed record ShreddingView(string Key, string State);

/// <summary>Data keys, oldest month first in each class.</summary>
public sealed record DataKeyList(IReadOnlyList<DataKeyView> Keys);

/// <param name="Month">Such as 2026-03.</param>
public sealed record DataKeyView(string Id, string Class, string Month, bool Destroyed)
{
    public static DataKeyView Of(DataKeyInfo info) => new(info.Id.Value, info.Id.Class, info.Id.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), info.IsDestroyed);
}

/// <summary>Legal holds, also those that have ended, oldest first.</summary>
public sealed record HoldList(IReadOnlyList<HoldView> Holds);

/// <param name="On">everything, task, principal or class.</param>
/// <param name="Subject">Id or name; null for everything.</param>
/// <param name="EndedAt">Null while it stands.</param>
public sealed record HoldView(
    string Id, string On, string? Subject, string Reason, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? EndedBy, string? EndReason)
{
    public static HoldView Of(LegalHold hold) => new(
        hold.Id.Value, hold.Scope.Kind.ToString().ToLowerInvariant(), hold.Scope.Subject, hold.Reason, hold.CreatedBy, hold.CreatedAt, hold.EndedAt, hold.EndedBy, hold.EndReason);
}
