using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;

namespace Paddock.Gateway.Decide;

/// <summary>Turns what the snapshot says of a model into targets or a refusal.</summary>
internal sealed class TargetResolver
{
    public (ResolvedTargets? Targets, Refusal? Refusal) Resolve(GovernanceSnapshot snapshot, string model, Wire wire, Caller caller) =>
        ModelResolver.Resolve(snapshot, model, wire, caller) switch
        {
            ModelResolution.Resolved resolved => (new(resolved.Targets, resolved.Route, resolved.Document), null),
            ModelResolution.NotAllowed => (null, new(RefusalReason.ModelNotAllowed, 403, $"You may not use the model '{Shown.Name(model)}' with this key. GET /v1/models lists those you may.") { Parameter = "model" }),
            ModelResolution.NoProvider => (null, new(RefusalReason.NoProvider, 404, $"No provider here serves the model '{Shown.Name(model)}' on {wire.Name()}. Add a Provider that speaks it, or ask for another model.") { Parameter = "model" }),
            _ => (null, new(RefusalReason.ModelUnknown, 404, $"The model '{Shown.Name(model)}' is not known here. GET /v1/models lists those you may use.") { Parameter = "model" }),
        };
}
