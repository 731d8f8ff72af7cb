using Paddock.Control.Tasks;
using Paddock.Web.Kit;

namespace Paddock.Web.Tasks;

/// <summary>What people read of a timeline's entries.</summary>
internal static class CallText
{
    /// <summary>What was decided on a tool call, by what or whom.</summary>
    public static string Decided(ToolCallView call)
    {
        var rule = call.Rule is { } name ? $"by {name}" : "by the release’s defaults";
        return call.Outcome switch
        {
            "refused" when call.NotEvaluated is { } why => $"refused, because it could not be judged: {why}",
            "refused" => $"refused {rule}",
            "held" => $"held {rule}: it waits for a yes",
            "approved" => $"approved{By(call)}{After(call)}; asked for {rule}",
            "expired" => $"refused: nobody said yes in time; asked for {rule}",
            "not_approved" => $"denied{By(call)}{After(call)}; asked for {rule}",
            "overridden" => $"let pass by its asker, although refused {rule}",
            _ => call.Warning is { } warning ? $"allowed {rule}, with a warning by {warning}" : $"allowed {rule}",
        };
    }

    public static Tone DecidedTone(ToolCallView call) => call.Outcome switch
    {
        "refused" or "expired" or "not_approved" => Tone.Bad,
        "held" => Tone.Warn,
        "overridden" => Tone.Warn,
        _ => Tone.Plain,
    };

    /// <summary>What came of it; null while nothing was heard of it.</summary>
    public static (string Text, Tone Tone)? Result(string? result, int? exitCode) => (result, exitCode) switch
    {
        (null, _) => null,
        ("success", _) => ("ran well", Tone.Good),
        ("failure", { } code) => ($"failed with {code}", Tone.Bad),
        ("failure", _) => ("failed", Tone.Bad),
        ("timeout", _) => ("took too long", Tone.Bad),
        ("denied", _) => ("did not run", Tone.Warn),
        _ => ("nothing was heard of it", Tone.Plain),
    };

    /// <summary>What the agent's client told.</summary>
    public static string Told(SignalView told) => told.Says switch
    {
        "started" => "The task began",
        "reopened" => "The task was taken up again",
        "turn" => "A model call ended",
        "turn_failed" => "A model call failed",
        "tool_ended" => "A tool call ended",
        "asked" => "The agent asked its person",
        "answered" => "The person said something",
        "claimed" => "The agent said that it is done",
        "cancelled" => "The person ended it",
        "stuck" => "The agent gave up after mistakes",
        "restored" => "Files were put back to a checkpoint",
        _ => told.Type,
    };

    /// <summary>Whether somebody who looks for what went wrong stops here.</summary>
    public static bool IsTrouble(TimelineEntry entry) => entry switch
    {
        { Turn: { } turn } => turn.Outcome is not ("complete" or "running"),
        { ToolCall: { } call } => call.Outcome is "refused" or "expired" or "not_approved" || call.Result is "failure" or "timeout",
        { Event: { } told } => told.Says is "turn_failed" or "cancelled" or "stuck" or "restored" || told.Result is "failure" or "timeout",
        { Verdict: { } verdict } => TaskWords.VerdictTone(verdict.Kind) is Tone.Bad,
        _ => false,
    };

    /// <summary>Of the entry, there once per page.</summary>
    public static string IdOf(TimelineEntry entry) => entry.Turn?.Call ?? entry.ToolCall?.Decision ?? entry.Verdict?.Id ?? "";

    private static string By(ToolCallView call) => call.Approval?.DecidedBy is { } by ? $" by {by}" : "";

    private static string After(ToolCallView call) => call.WaitedSeconds is { } waited ? $" after {FigureText.Time(waited)}" : "";
}
