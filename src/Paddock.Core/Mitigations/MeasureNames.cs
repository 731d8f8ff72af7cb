namespace Paddock.Core.Mitigations;

/// <summary>What measures are called in the log, in the store and in metrics.</summary>
public static class MeasureNames
{
    public static string Of(Measure measure) => measure switch
    {
        Measure.AvoidProvider => "avoid_provider",
        Measure.PreferProvider => "prefer_provider",
        Measure.Shed => "shed",
        Measure.SmallerTasks => "smaller_tasks",
        Measure.ReadOnly => "read_only",
        Measure.Ask => "ask",
        Measure.Tighten => "tighten",
        Measure.RestCredential => "rest_credential",
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };
}
