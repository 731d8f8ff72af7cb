using System.Globalization;
using Paddock.Core.Agents;
using Paddock.Core.Modes;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Decide;

/// <summary>Says that a client's settings or a task's context are too old, and what helps.</summary>
internal static class StaleRefusal
{
    /// <returns>Null when the client may go on: also when nobody can tell how old its settings are.</returns>
    public static Refusal? OfClient(ProfileLimits limits, Exchange exchange) =>
        limits.Profile.Client is { RefusesStale: true, RefreshWithin: var within } && exchange is { Client: ClientStanding.Stale, RefreshedAt: { } refreshed }
            ? new(
                RefusalReason.StaleClient, 403,
                $"This client was last given its settings {Span(exchange.ReceivedAt - refreshed)} ago, and the team profile '{limits.Profile.Name}' takes calls only of clients that asked for them within {Span(within)}. "
                + "Restart the editor, or reload its window; if that does not help, sign out in the extension and sign in again. A command line is started again.")
            : null;

    /// <returns>Null when the task may go on.</returns>
    public static Refusal? OfTask(ProfileLimits limits, Exchange exchange) =>
        limits.Profile.Tasks is { RefusesStale: true, ContextWithin: var within } && exchange.ContextAge is { } age && age > within
            ? new(
                RefusalReason.StaleTask, 403,
                $"This task began {Span(age)} ago, and the team profile '{limits.Profile.Name}' lets a task go on for {Span(within)}: much of what its context says may be out of date. "
                + "Begin a new task, with a summary of what is still to do.")
            : null;

    /// <summary>Rounded down to something that people say.</summary>
    private static string Span(TimeSpan span) => span switch
    {
        { TotalHours: < 2 } => Of((long)span.TotalMinutes, "minute"),
        { TotalDays: < 2 } => Of((long)span.TotalHours, "hour"),
        _ => Of((long)span.TotalDays, "day"),
    };

    private static string Of(long count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}
