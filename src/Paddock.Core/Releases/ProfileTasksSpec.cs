using Paddock.Core.Modes;

namespace Paddock.Core.Releases;

/// <summary>Reads <c>tasks</c> of a <c>TeamProfile</c>.</summary>
internal static class ProfileTasksSpec
{
    /// <summary>What becomes of what is stale.</summary>
    public static readonly string[] Treatments = ["allow", "refuse"];

    private static readonly TimeSpan shortest = TimeSpan.FromMinutes(10), longest = TimeSpan.FromDays(90);

    public static ProfileTasks? Read(Fields spec)
    {
        if (spec.Object("tasks") is not { } tasks)
        {
            return null;
        }

        var within = tasks.Duration("contextWithin", shortest, longest, required: true);
        var refuses = tasks.Choice("stale", Treatments) is 1;
        tasks.Close();
        return within is { } time ? new() { ContextWithin = time, RefusesStale = refuses } : null;
    }
}
