namespace Paddock.Core.Incidents;

/// <summary>What developers are shown in their agents of incidents that are open.</summary>
public interface IIncidentNotices
{
    /// <summary>Takes what the person of a task is to be told now. Whoever has taken it says it: in this task it does not come again.</summary>
    /// <returns>A line of each notice; null when there is none that they were not told already.</returns>
    Task<string?> TakeAsync(string task, CancellationToken cancellationToken);
}
