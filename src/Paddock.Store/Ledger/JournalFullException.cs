namespace Paddock.Store.Ledger;

/// <summary>The journal has reached its limit because the database has been away too long.</summary>
internal sealed class JournalFullException(long limit) : IOException($"The journal has reached its limit of {limit} bytes; the database takes no records.");
