using Microsoft.Extensions.Logging;

namespace Paddock.Store.Ledger;

/// <summary>Reads the journal from a position on, a batch at a time. Not for two threads.</summary>
internal sealed class BatchReader(Journal journal, ILogger logger) : IDisposable
{
    /// <summary>
    /// A transaction takes this much of the journal at most: about 1,400 calls, some 15 ms of the writer. Small transactions write
    /// the same pages of the indexes again and again.
    /// </summary>
    private const int MaxBytes = 1 << 20;

    private readonly LedgerBatch batch = new();
    private byte[] buffer = new byte[MaxBytes];
    private IJournalFile? file;
    private long segment;

    /// <summary>The next stretch, up to <see cref="Journal.End"/>; null when there is none.</summary>
    public LedgerBatch? Next(JournalPosition from)
    {
        var end = journal.End;
        if (from.Offset < SegmentHeader.Bytes)
        {
            from = new(from.Segment, SegmentHeader.Bytes);
        }

        if (from >= end || !Open(from.Segment))
        {
            return from < end ? Skip(from) : null;
        }

        var limit = from.Segment == end.Segment ? end.Offset : file!.Length;
        return from.Offset < limit && Read(from, limit) is { } read ? read : from.Segment < end.Segment ? Skip(from) : null;
    }

    public void Dispose() => file?.Dispose();

    /// <summary>False when the segment is not there: it was deleted, or never existed.</summary>
    private bool Open(long wanted)
    {
        if (file is not null && segment == wanted)
        {
            return true;
        }

        file?.Dispose();
        file = null;
        try
        {
            file = journal.OpenRead(wanted);
            segment = wanted;
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>An empty batch that moves on to the next segment; durable, because the one behind it will be deleted.</summary>
    private LedgerBatch? Skip(JournalPosition from)
    {
        if (journal.After(from.Segment) is not { } next)
        {
            return null;
        }

        batch.Reset(journal.Id, from, buffer);
        batch.To = new(next, SegmentHeader.Bytes);
        batch.Durable = true;
        return batch;
    }

    private LedgerBatch? Read(JournalPosition from, long limit)
    {
        var wanted = (int)Math.Min(limit - from.Offset, buffer.Length);
        var bytes = file!.Read(buffer.AsSpan(0, wanted), from.Offset);
        batch.Reset(journal.Id, from, buffer);
        var used = Collect(bytes, out var result);
        var ended = bytes < wanted || from.Offset + bytes >= limit;
        if (used == 0 && result is FrameResult.Short && !ended)
        {
            // One record that is larger than the buffer.
            Array.Resize(ref buffer, buffer.Length * 2);
            return Read(from, limit);
        }

        var place = from.Offset + used;
        if (place < limit && (result is FrameResult.Torn || (result is FrameResult.Short && ended)))
        {
            Log.TornRecords(logger, from.Segment, place, limit - place);
            place = limit;
        }

        batch.To = batch.To with { Offset = place };
        return place > from.Offset ? batch : null;
    }

    /// <summary>Adds the complete records to the batch, up to where a process began.</summary>
    /// <returns>How many bytes they take.</returns>
    private int Collect(int bytes, out FrameResult result)
    {
        var used = 0;
        while ((result = RecordFrame.TryRead(buffer.AsSpan(used, bytes - used), out var body)) is FrameResult.Complete)
        {
            var start = used + RecordFrame.HeaderBytes + 1;
            var kind = (RecordKind)body[0];
            if (kind is RecordKind.Started && !batch.IsEmpty)
            {
                // It closes what was open before it, so what was before it is a transaction of its own.
                return used;
            }

            used += RecordFrame.HeaderBytes + body.Length;
            switch (kind)
            {
                case RecordKind.Opening when body.Length > 16:
                    batch.AddOpening(start, body.Length - 1);
                    break;
                case RecordKind.Closing when body.Length > 16:
                    batch.AddClosing(start, body.Length - 1);
                    break;
                case RecordKind.Started:
                    batch.LostAt = Dialects.UnixMicros.ToTime(new FieldReader(body[1..]).Int());
                    return used;
                default:
                    break;
            }
        }

        return used;
    }
}
