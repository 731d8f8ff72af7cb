using Paddock.Core.Modes;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Decide;

/// <summary>Says which team profile does not take a call, and what it takes instead.</summary>
internal static class ProfileRefusal
{
    /// <returns>Null when the profile takes calls in this mode.</returns>
    public static Refusal? OfMode(ProfileLimits limits, string? mode) => limits.Of(mode) switch
    {
        ModeStanding.Forbidden => Refuse($"{Named(limits)} forbids the mode '{Shown.Name(mode)}'. {Instead(limits)}"),
        ModeStanding.Unlisted => Refuse($"{Named(limits)} does not know the mode '{Shown.Name(mode)}'. {Instead(limits)}"),
        ModeStanding.Missing => Refuse($"{Named(limits)} takes no calls that say no mode. Update the agent, or have a key made that states the mode."),
        _ => null,
    };

    /// <returns>Null when the profile lets this mode work with this model.</returns>
    public static Refusal? OfModel(ProfileLimits limits, string model, string? mode)
    {
        if (limits.Allows(model, mode))
        {
            return null;
        }

        var models = limits.Profile.Models!; // without them every model is allowed
        var instead = string.Join(", ", limits.ClassOf(mode) is { } name ? models.Of(name) : models.Classes.SelectMany(static each => each.Value).Distinct(StringComparer.Ordinal));
        return new(
            RefusalReason.ModelNotAllowed, 403,
            $"{Named(limits)} does not have {(mode is null ? "anybody" : $"the mode '{Shown.Name(mode)}'")} work with the model '{Shown.Name(model)}'. Ask for one of these: {instead}.")
        { Parameter = "model" };
    }

    private static Refusal Refuse(string message) => new(RefusalReason.ModeNotAllowed, 403, message);

    private static string Named(ProfileLimits limits) => $"The team profile '{limits.Profile.Name}'";

    private static string Instead(ProfileLimits limits) => limits.Preferred.IsEmpty ? "Switch to another mode." : $"Switch to one of these: {string.Join(", ", limits.Preferred.Select(static mode => mode.Slug))}.";
}
