using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Paddock.Core.Modes;

/// <summary>What a team profile says of a model call before anything is sent: in which modes it may come, and for which models. Asking allocates nothing.</summary>
public sealed class ProfileLimits
{
    private readonly FrozenDictionary<string, Mode> bySlug;
    private readonly FrozenSet<string> named;
    private readonly Mode? unlisted;

    internal ProfileLimits(TeamProfile profile, TeamProfiles profiles)
    {
        var used = profiles.UsedBy(profile);
        (Profile, Preferred) = (profile, profiles.PreferredBy(profile));
        bySlug = used.ToFrozenDictionary(static mode => mode.Slug, StringComparer.Ordinal);
        named = (profile.Models?.Classes ?? []).SelectMany(static each => each.Value).ToFrozenSet(StringComparer.Ordinal);
        unlisted = used.FirstOrDefault(mode => mode.Name == profile.Modes?.Unlisted.Mode);
    }

    public TeamProfile Profile { get; }

    /// <summary>The modes that the profile offers, in its order.</summary>
    public ImmutableArray<Mode> Preferred { get; }

    /// <summary>Whether calls are taken in this mode.</summary>
    /// <param name="mode">The slug that a call says; null when it says none.</param>
    public ModeStanding Of(string? mode) => Profile.Modes switch
    {
        null => ModeStanding.Taken,
        { Missing.IsRefused: true } when mode is null => ModeStanding.Missing,
        _ when mode is null => ModeStanding.Taken,
        { } modes when modes.Forbidden.Contains(mode) => ModeStanding.Forbidden,
        { Unlisted.IsRefused: true } when !bySlug.ContainsKey(mode) => ModeStanding.Unlisted,
        _ => ModeStanding.Taken,
    };

    /// <summary>
    /// Whether a model may be asked for. Where models that no class names are denied, a mode works with the models of its own class, or of the
    /// default class when it names none; a call that says no mode, and every call where nothing is said of modes, with those of any class.
    /// </summary>
    public bool Allows(string model, string? mode) =>
        Profile.Models is not { AllowsOthers: false } models || (ClassOf(mode) is { } name ? models.Of(name).Contains(model) : named.Contains(model));

    /// <summary>The class of models that a mode works with; null = any class.</summary>
    public string? ClassOf(string? mode) =>
        mode is null || Profile is not { Modes: not null, Models: { } models } ? null : (bySlug.GetValueOrDefault(mode) ?? unlisted)?.ModelClass ?? models.Default;
}

/// <summary>Whether a team profile takes calls in a mode.</summary>
public enum ModeStanding
{
    Taken,

    /// <summary>The profile forbids it.</summary>
    Forbidden,

    /// <summary>The profile does not know it, and takes no others.</summary>
    Unlisted,

    /// <summary>The call says none, and the profile takes no such calls.</summary>
    Missing,
}
