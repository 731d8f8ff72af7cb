using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <summary>What a timeline says of a move.</summary>
internal static class RunWords
{
    /// <returns>Null for what nobody needs to read there.</returns>
    public static string? Of(RunMove.Write move) => move.What switch
    {
        "step_asked" => $"{Name(move)}: step {move.Step} waits for a yes.",
        "step_approved" => $"{Name(move)}: somebody said yes to step {move.Step}.",
        "step_refused" => $"{Name(move)}: somebody said no to step {move.Step}: {move.Says}",
        "step_done" => $"{Name(move)}: step {move.Step} is done. {Cut(move.Says)}",
        "step_verified" when move.Says.Length > StepEffects.Stands.Length => $"{Name(move)}: step {move.Step} is verified. {Cut(move.Says)}",
        "step_failed" => $"{Name(move)}: {Cut(move.Says)} Everything is taken back.",
        "step_undone" => $"{Name(move)}: step {move.Step} is taken back.",
        "holding" => $"{Name(move)}: all steps are verified; what they did stands until {move.Run.HoldUntil:yyyy-MM-dd HH:mm} UTC.",
        "undoing" => $"{Name(move)} is taken back: {Cut(move.Says)}",
        "ended" => $"{Name(move)} has ended; nothing of it stands.",
        "failed" => $"{Name(move)} did not work. {Cut(move.Says)}",
        _ => null,
    };

    private static string Name(RunMove.Write move) => $"Runbook {move.Run.Runbook.Name}";

    private static string Cut(string text) => text.Length <= 1_000 ? text : text[..1_000] + "…";
}
