using Microsoft.Extensions.Logging;
using Paddock.Core.Containments;
using Paddock.Core.Identity;

namespace Paddock.Control.Containments;

/// <summary>Whom and what to stop: all that is named must be true of a call. At least one is named.</summary>
public sealed record ContainInput
{
    /// <summary>A person or service account, by name or id.</summary>
    public string? User { get; init; }

    /// <summary>An API key, by prefix, id or name.</summary>
    public string? Key { get; init; }

    /// <summary>An agent, such as <c>codex</c>.</summary>
    public string? Agent { get; init; }

    /// <summary>A task, by Paddock's id or the agent's own.</summary>
    public string? Task { get; init; }

    /// <summary>A model, by the name asked for or the provider's own, exact or ending in <c>*</c>.</summary>
    public string? Model { get; init; }

    /// <summary>A provider, by the name of its document.</summary>
    public string? Provider { get; init; }

    /// <summary>A tool as agents name it, or <c>server/tool</c> of an MCP server; exact or ending in <c>*</c>. Model calls go on then, calls of the tool are refused.</summary>
    public string? Tool { get; init; }

    /// <summary>One line of up to 500 characters; whoever is stopped reads it.</summary>
    public required string Reason { get; init; }

    /// <summary>How long it holds, in seconds, up to 30 days; null = an hour.</summary>
    public long? ForSeconds { get; init; }
}

/// <summary>Stops somebody or something at once: running calls that match end, new ones are refused, within a second and in every process.</summary>
public sealed class Contain(IContainmentStore store, IContainments live, IRunningCalls running, Selecting selecting, IIdentities identities, TimeProvider time, ILogger<Contain> logger)
{
    public async Task<Outcome<NewContainment>> RunAsync(Actor actor, ContainInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<NewContainment>.Forbidden(ControlRoles.Operator);
        }

        var now = time.GetUtcNow();
        if (Check(input) is { } fault)
        {
            return fault;
        }

        if (selecting.Refusal(input, out var selector) is { } refusal)
        {
            return refusal;
        }

        if (live.Current.CountInForce(now) >= ContainmentSet.Most)
        {
            return new Outcome<NewContainment>.Conflict($"{ContainmentSet.Most} containments are in force already; lift some, or contain something broader.");
        }

        var containment = new Containment
        {
            Id = ContainmentId.Create(Guid.CreateVersion7(now)),
            Selector = selector,
            Reason = input.Reason,
            CreatedBy = actor.Id,
            CreatedAt = now,
            ExpiresAt = now + (input.ForSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Containment.UsualDuration),
        };
        var calls = running.Count(selector); // they end with the next statement, in part before it returns
        await store.AddAsync(containment, actor.Audited, cancellationToken);
        var view = ContainmentView.Of(containment, identities.Current, now);
        Log.Contained(logger, view.Id, view.Selects, actor.Id, containment.ExpiresAt, calls, containment.Reason);
        return new Outcome<NewContainment>.Done(new(view, calls, selecting.HintsFor(selector, calls)));
    }

    private static Outcome<NewContainment>.Invalid? Check(ContainInput input) => input switch
    {
        _ when !Names.IsLabel(input.Reason, 500) => new("reason", "A reason is one line of 1 to 500 characters."),
        { ForSeconds: <= 0 } => new("forSeconds", "A containment holds for at least a second."),
        { ForSeconds: { } seconds } when seconds > (long)Containment.LongestDuration.TotalSeconds =>
            new("forSeconds", $"A containment holds for at most {Containment.LongestDuration.Days} days. What must last: disable the user, revoke the key, or change the release."),
        _ => null,
    };
}
