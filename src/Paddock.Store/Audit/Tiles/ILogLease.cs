using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>The right to write the log. Of all processes on one database one has it, and what it writes it writes only while it has it.</summary>
internal interface ILogLease
{
    /// <summary>Takes the lease, or finds it still there.</summary>
    /// <returns>A number that is another each time the lease was taken anew; null while another process has it.</returns>
    Task<long?> HoldAsync(CancellationToken cancellationToken);

    /// <summary>Gives it up, so that another process can take it.</summary>
    Task ReleaseAsync();

    /// <summary>Reads on one snapshot.</summary>
    Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Writes in one transaction, which fails when the lease was lost.</summary>
    Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken);
}
