using System.Collections.Immutable;

namespace Paddock.Core.Modes;

/// <summary>In which calls a mode's limits hold.</summary>
/// <param name="Slugs">Slugs that a call may say; empty = <paramref name="Condition"/> tells.</param>
/// <param name="Condition">An expression over <c>task.mode</c>; null = the slugs tell.</param>
internal sealed record ModeMeeting(ImmutableArray<string> Slugs, string? Condition)
{
    /// <summary>In calls that say this mode.</summary>
    public static ModeMeeting By(Mode mode) => new([mode.Slug], null);

    /// <summary>In calls that say none, or one that the profile does not know, where the profile lets this mode stand in for them; null where it does not.</summary>
    public static ModeMeeting? InPlaceOfOthers(TeamProfile profile, Mode mode, ImmutableArray<Mode> used) =>
        (profile.Modes?.Unlisted.Mode == mode.Name, profile.Modes?.Missing.Mode == mode.Name) switch
        {
            (true, true) => new([], Unlisted(profile, used)), // no mode is no listed one either
            (true, false) => new([], $"has(task.mode) && {Unlisted(profile, used)}"),
            (false, true) => new([], Missing),
            _ => null,
        };

    public const string Missing = "!has(task.mode)";

    /// <summary>True also of a call that says no mode.</summary>
    public static string Unlisted(TeamProfile profile, ImmutableArray<Mode> used) => $"!(task.mode in {List([.. used.Select(static mode => mode.Slug), .. profile.Modes?.Forbidden ?? []])})";

    /// <summary>Texts as a list of an expression.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Text))}]";

    public static string Text(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>This, and what a rule asks besides.</summary>
    public string? And(string? condition) => (Condition, condition) switch
    {
        (null, _) => condition,
        (_, null) => Condition,
        _ => $"{Condition} && ({condition})",
    };
}
