using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Snapshot;
using Paddock.Core.Tasks;

namespace Paddock.Gateway.Guard;

/// <summary>A call that offers tools, before it goes to one of its providers. Nobody hears from it meanwhile, so it does not wait long.</summary>
internal sealed class OfferOrigin(ICallOrigin call, UpstreamTarget target) : ICallOrigin
{
    public CallId Id => call.Id;

    public Caller Caller => call.Caller;

    public GovernanceSnapshot Snapshot => call.Snapshot;

    public TaskFacts Task => call.Task;

    public string? TaskId => call.TaskId;

    public ClientStanding? Client => call.Client;

    public string? Model => call.Model;

    public string? Provider => target.Provider.Name;

    public string? UpstreamModel => target.Model;

    public string? Route => call.Route;

    public bool HearsPings => false;

    public CancellationToken Gone => call.Gone;

    public int NextDecision() => call.NextDecision();
}
