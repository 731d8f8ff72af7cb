using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit.Payloads;

/// <summary>What to take away: what fits all that is said; at least one must be.</summary>
public sealed record RedactInput
{
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Paddock's id of the task.</summary>
    public string? Task { get; init; }

    /// <summary>Name or id.</summary>
    public string? Principal { get; init; }

    public string? Class { get; init; }

    /// <summary>What was kept before this moment.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>One line of up to 500 characters; the log has it as a commitment.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether to count only.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Takes content and salt away for good, but for what a legal hold keeps; or says how much that would be.</summary>
public sealed class RedactContent(IPayloads payloads, IIdentities identities, ILogger<RedactContent> logger)
{
    private const int MostIds = 500;

    public async Task<Outcome<RedactionView>> RunAsync(Actor actor, RedactInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Retention))
        {
            return new Outcome<RedactionView>.Forbidden(ControlRoles.Retention);
        }

        if (Fault(input, out var which) is { } fault)
        {
            return fault;
        }

        if (input.DryRun)
        {
            var count = await payloads.CountAsync(which, cancellationToken);
            return new Outcome<RedactionView>.Done(new(count.Free, count.Held, IsDryRun: true));
        }

        var done = await payloads.RedactAsync(which, actor.Audited, input.Reason, cancellationToken);
        Log.ContentRedacted(logger, actor.Id, done.Redacted, done.Held);
        return new Outcome<RedactionView>.Done(new(done.Redacted, done.Held, IsDryRun: false));
    }

    private Outcome<RedactionView>? Fault(RedactInput input, out PayloadSelection which)
    {
        var fault = PayloadWords.Fault<RedactionView>(identities.Current, input.Task, input.Principal, input.Class, out var principal);
        var ids = (input.Ids ?? []).Where(static id => PayloadId.TryParse(id, out _)).Select(PayloadId.Parse).ToArray();
        which = new() { Ids = input.Ids is null ? null : [.. ids], Task = input.Task, Principal = principal, Class = input.Class, KeptBefore = input.Before };
        return input switch
        {
            _ when !PayloadWords.IsReason(input.Reason) => new Outcome<RedactionView>.Invalid("reason", PayloadWords.ReasonRule),
            _ when fault is not null => fault,
            { Ids: { } given } when given.Count is 0 or > MostIds || given.Count != ids.Length => new Outcome<RedactionView>.Invalid("ids", $"Kept content is named by pay_ and 32 hexadecimal digits, 1 to {MostIds} at once."),
            _ when which.IsEmpty => new Outcome<RedactionView>.Invalid("ids", "Say what is to be redacted: ids, a task, a principal, a class, or a moment before which it was kept."),
            _ => null,
        };
    }
}
