using Microsoft.Extensions.Logging;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Agents;

/// <summary>Forgets clients that nobody has seen for long, and what a credential has too many of; and of which tasks people were told.</summary>
internal sealed class ClientUpkeep(IDatabase database, TimeProvider time, ILogger<ClientUpkeep> logger) : PeriodicLook(TimeSpan.FromHours(1), time)
{
    /// <summary>How long a client, and that people were told of a task, is kept.</summary>
    private static readonly TimeSpan keep = TimeSpan.FromDays(90);

    public override Task LookAsync(CancellationToken cancellationToken)
    {
        var before = Time.GetUtcNow() - keep;
        return database.WriteAsync(session => ClientSql.ForgetAllAsync(session, before), cancellationToken);
    }

    protected override void TellOf(Exception fault) => Log.ClientsNotForgotten(logger, fault.Message);
}
