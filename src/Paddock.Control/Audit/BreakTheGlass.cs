using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit;

/// <param name="Reason">One line of up to 500 characters; stands in the log as it is.</param>
/// <param name="ForSeconds">How long; null = half an hour, four hours at the latest.</param>
public sealed record BreakGlassInput(string Reason, long? ForSeconds);

/// <param name="Until">Null = the glass is whole.</param>
public sealed record BreakGlassView(DateTimeOffset? Until);

/// <summary>Lets mutating tool calls go on for a while although no device takes audit entries; they are kept in the reserve.</summary>
public sealed class BreakTheGlass(IBreakGlass glass, ILogger<BreakTheGlass> logger)
{
    private static readonly TimeSpan usual = TimeSpan.FromMinutes(30);

    public async Task<Outcome<BreakGlassView>> RunAsync(Actor actor, BreakGlassInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<BreakGlassView>.Forbidden(ControlRoles.Operator);
        }

        if (!Names.IsLabel(input.Reason, 500))
        {
            return new Outcome<BreakGlassView>.Invalid("reason", "A reason is one line of 1 to 500 characters.");
        }

        if (input.ForSeconds is <= 0 || input.ForSeconds > IBreakGlass.Longest.TotalSeconds)
        {
            return new Outcome<BreakGlassView>.Invalid("forSeconds", $"The glass stays broken for at least a second, and for {IBreakGlass.Longest.TotalHours:F0} hours at most; then somebody has to look again.");
        }

        var span = input.ForSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : usual;
        if (!await glass.OpenAsync(actor.Audited, input.Reason, span, cancellationToken))
        {
            return new Outcome<BreakGlassView>.Conflict("The reserve takes no entries: it is full, or there was no room for it at the start. Make room on the disk.");
        }

        Log.GlassBroken(logger, actor.Id, glass.Until, input.Reason);
        return new Outcome<BreakGlassView>.Done(new(glass.Until));
    }
}

/// <summary>Ends it before its time.</summary>
public sealed class MendTheGlass(IBreakGlass glass)
{
    public async Task<Outcome<BreakGlassView>> RunAsync(Actor actor, CancellationToken cancellationToken) =>
        !actor.May(ControlRoles.Operator) ? new Outcome<BreakGlassView>.Forbidden(ControlRoles.Operator)
        : await glass.CloseAsync(actor.Audited, cancellationToken) ? new Outcome<BreakGlassView>.Done(new(null))
        : new Outcome<BreakGlassView>.Conflict("The glass is not broken.");
}
