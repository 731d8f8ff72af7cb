namespace Paddock.Core.Audit;

/// <summary>
/// For a full disk: lets mutating tool calls go on for a while although neither device takes entries. They are written to a file that
/// was made large enough before; it is announced, and ends by itself.
/// </summary>
public interface IBreakGlass
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>Until when it lasts; null when it does not.</summary>
    DateTimeOffset? Until { get; }

    /// <summary>Completes when its own entry is durable.</summary>
    /// <param name="reason">Stands in the log as it is.</param>
    /// <returns>False when the file cannot take entries either, or was never made.</returns>
    Task<bool> OpenAsync(AuditActor by, string reason, TimeSpan time, CancellationToken cancellationToken);

    /// <summary>Ends it before its time.</summary>
    /// <returns>False when it did not last.</returns>
    Task<bool> CloseAsync(AuditActor by, CancellationToken cancellationToken);
}
