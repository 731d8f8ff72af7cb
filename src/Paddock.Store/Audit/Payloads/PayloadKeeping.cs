using System.Text;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Masking;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Store.Audit.Payloads;

/// <summary>Keeps captured content: masks it, looks whether it is there, and seals it when it is not. Takes a second at most, whatever fails.</summary>
internal sealed class PayloadKeeping(IKeyStore keys, OlderKeys older, RecordedDatabase database, RecentPayloads recent, TimeProvider time, ILogger<PayloadKeeping> logger)
{
    /// <summary>In bytes. More than any message that a model reads whole.</summary>
    internal const int Largest = 4 << 20;

    /// <summary>Of content that is on its way, in bytes. What nobody waits for any more still is, while a disk hangs.</summary>
    private const long MostUnderWay = 64 << 20;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);

    private long underWay;
    private volatile string? told;

    public async Task<PayloadMark> KeepAsync(PayloadCapture what, CancellationToken cancellationToken)
    {
        if (!KeyClasses.IsName(what.Class))
        {
            throw new ArgumentException($"'{what.Class}' is no class.", nameof(what));
        }

        if (what.Content.Length > Largest)
        {
            return Unkept(what, UnkeptReason.Large);
        }

        if (Interlocked.Read(ref underWay) > MostUnderWay)
        {
            return Unkept(what, UnkeptReason.Late);
        }

        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // The time ends here, not where the work is: a disk that hangs hears of no cancellation.
            var token = either.Token;
            var mark = await UnderWayAsync(what, token).WaitAsync(token);
            told = null;
            return mark;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            TellOf("it took longer than a second");
            return Unkept(what, UnkeptReason.Late);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            TellOf(fault.Message);
            return Unkept(what, UnkeptReason.Failed);
        }
    }

    private async Task<PayloadMark> UnderWayAsync(PayloadCapture what, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref underWay, what.Content.Length);
        try
        {
            return await Task.Run(() => StoreAsync(what, cancellationToken), CancellationToken.None);
        }
        finally
        {
            Interlocked.Add(ref underWay, -what.Content.Length);
        }
    }

    private static PayloadMark.Unkept Unkept(PayloadCapture what, UnkeptReason why) => new(what.Field, what.Class, what.Content, why);

    /// <summary>Names have no zero byte; so no content runs into them.</summary>
    private static byte[] HashOf(string purpose, PayloadCapture what, ReadOnlySpan<byte> content, DataKey key) =>
        key.Hash(purpose, [.. Encoding.UTF8.GetBytes(what.Principal), 0, .. Encoding.UTF8.GetBytes(what.Task ?? ""), 0, .. content]);

    private async Task<PayloadMark> StoreAsync(PayloadCapture what, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var key = await keys.CurrentAsync(what.Class, now, cancellationToken);
            var seen = HashOf("seen", what, what.Content.Span, key); // stays in memory; what was seen is not masked again
            if (recent.Find(seen) is { } known)
            {
                return known with { Field = what.Field };
            }

            var before = (await older.OfAsync(what.Class, now, cancellationToken)).Select(one => HashOf("payload", what, new Masker(one).Mask(what.Content).Bytes.Span, one)).ToArray();
            var masked = new Masker(key).Mask(what.Content).Bytes;
            var row = PayloadRow.Of(what, masked.Span, HashOf("payload", what, masked.Span, key), key, now);
            switch (await database.NoteAsync(session => PayloadSql.KeepAsync(session, row, before), cancellationToken))
            {
                case { RedactedAt: not null }:
                    return Unkept(what, UnkeptReason.Redacted);
                case { } kept:
                    var mark = kept.ToMark(what.Field);
                    recent.Add(seen, mark);
                    return mark;
                case null when await database.NoteAsync(session => PayloadSql.IsShreddedAsync(session, key.Id), cancellationToken):
                    await keys.DestroyAsync(key.Id, cancellationToken); // elsewhere, and not noticed here yet; the next key is another
                    break;
                default:
                    break; // what stood in the way was forgotten in this moment
            }
        }
    }

    /// <summary>Once for each trouble, not for each call.</summary>
    private void TellOf(string reason)
    {
        if (told != reason)
        {
            told = reason;
            Log.ContentNotKept(logger, reason);
        }
    }
}
