using Paddock.Control.Identity;
using Paddock.Control.Releases;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Releases;

namespace Paddock.Control.Policies;

/// <summary>Says how a call would be judged, and of every rule why it matches or where it stops. Nothing is recorded.</summary>
public sealed class ExplainDecision(FindPolicies releases, IDecisions decisions, IIdentities identities, DescribedCalls calls)
{
    public async Task<Outcome<ExplanationView>> RunAsync(Actor actor, ExplainInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<ExplanationView>.Forbidden(ControlRoles.Viewer);
        }

        return input.Decision is { } decision ? await RememberedAsync(decision, input.Release, cancellationToken) : await DescribedAsync(input, cancellationToken);
    }

    /// <summary>The same for a release that is at hand, without a server.</summary>
    public static Outcome<ExplanationView> Explain(ReleaseDigest release, PolicySet policies, DescribedCall call) => call.Read() switch
    {
        DescribedOutcome.Described { Subject: var subject } => new Outcome<ExplanationView>.Done(ExplanationView.Of(release, policies, subject)),
        DescribedOutcome.Faulty { Faults: var faults } => new Outcome<ExplanationView>.Invalid("facts", string.Join(" ", faults)),
        _ => throw new InvalidOperationException("A description has two outcomes."),
    };

    private async Task<Outcome<ExplanationView>> DescribedAsync(ExplainInput input, CancellationToken cancellationToken)
    {
        var principal = input.User is { } user ? FindPrincipal.In(identities.Current, user) : null;
        if (input.User is not null && principal is null)
        {
            return new Outcome<ExplanationView>.Invalid("user", "There is no such user; the fact user.id tries a made-up one.");
        }

        var (call, field, message) = calls.Read(input with { User = principal?.Name });
        if (call is null)
        {
            return new Outcome<ExplanationView>.Invalid(field, message);
        }

        if (principal is not null)
        {
            call = call with { PrincipalId = principal.Id.Value, Facts = call.Facts.Insert(0, new(FactTable.Of(Fact.UserTeams).Name, [.. principal.Teams])) };
        }

        return await releases.FindAsync(input.Release ?? "active", cancellationToken) is { } release
            ? Explain(release.Digest, release.Policies, call)
            : new Outcome<ExplanationView>.NotFound(FindRelease.Missing);
    }

    /// <param name="release">Null = the one it was decided by.</param>
    private async Task<Outcome<ExplanationView>> RememberedAsync(string id, string? release, CancellationToken cancellationToken)
    {
        await decisions.FlushAsync(cancellationToken);
        if (await decisions.FindAsync(id, cancellationToken) is not { } decision)
        {
            return new Outcome<ExplanationView>.NotFound("There is no such decision; what is older than it is kept is gone.");
        }

        if (decision is not { NotEvaluated: null, Inputs: { } inputs })
        {
            return new Outcome<ExplanationView>.Conflict($"This call was not judged by rules: {decision.NotEvaluated ?? "nothing was kept of what it was judged on"}.");
        }

        return await releases.FindAsync(release ?? decision.ReleaseDigest, cancellationToken) is { } found
            ? new Outcome<ExplanationView>.Done(ExplanationView.Of(found.Digest, found.Policies, inputs.ToSubject()) with { Altered = inputs.Altered })
            : new Outcome<ExplanationView>.NotFound(FindRelease.Missing);
    }
}
