using Microsoft.Extensions.Logging;

namespace Paddock.Store.Ledger;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "Segment {Segment} of the ledger's journal holds no whole record at {Place}; the {Bytes} bytes from there on were left out. After a crash or power loss these are the records of the last moment")]
    public static partial void TornRecords(ILogger logger, long segment, long place, long bytes);

    [LoggerMessage(1002, LogLevel.Error, "The ledger's journal could not be written; calls are refused until it can")]
    public static partial void JournalNotWritten(ILogger logger, Exception fault);

    [LoggerMessage(1003, LogLevel.Information, "The ledger's journal takes records again; {Count} closings that were kept meanwhile were written")]
    public static partial void JournalRecovered(ILogger logger, int count);

    [LoggerMessage(1004, LogLevel.Error, "The ledger's journal could not be made durable; a new segment was begun")]
    public static partial void JournalNotSynced(ILogger logger, Exception fault);

    [LoggerMessage(1005, LogLevel.Critical, "A closing was given up: {Limit} wait already and the journal cannot be written. Its call will be charged its floor")]
    public static partial void ClosingGivenUp(ILogger logger, int limit);

    [LoggerMessage(1006, LogLevel.Warning, "The ledger's records could not be taken into the database; they stay in the journal ({Bytes} bytes) and are tried again in {Delay}")]
    public static partial void NotShipped(ILogger logger, Exception fault, long bytes, TimeSpan delay);

    [LoggerMessage(1007, LogLevel.Information, "The database takes the ledger's records again")]
    public static partial void ShippedAgain(ILogger logger);

    [LoggerMessage(1008, LogLevel.Warning, "The database has taken over more of journal {Journal} than there is; what there is was read again from its beginning")]
    public static partial void JournalOlderThanDatabase(ILogger logger, Guid journal);

    [LoggerMessage(1009, LogLevel.Information, "The ledger's journal was opened in segment {Segment} with {Bytes} bytes in all")]
    public static partial void JournalOpened(ILogger logger, long segment, long bytes);
}
