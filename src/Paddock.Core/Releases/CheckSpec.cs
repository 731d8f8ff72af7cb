using Paddock.Core.Runbooks;

namespace Paddock.Core.Releases;

/// <summary>Reads what must be so after a step.</summary>
internal static class CheckSpec
{
    private static readonly TimeSpan minute = TimeSpan.FromMinutes(1), day = TimeSpan.FromDays(1);

    /// <returns>Null when it does not stand there, or is no check.</returns>
    public static Check? Read(Fields step, string name)
    {
        if (step.Object(name) is not { } fields)
        {
            return null;
        }

        var measure = (Probe?)fields.Choice("measure", Probes.Names, required: true);
        var of = fields.Text("of");
        var over = fields.Duration("over", minute, day) ?? TimeSpan.FromMinutes(5);
        var (least, most) = (fields.Decimal("atLeast", 1_000_000), fields.Decimal("atMost", 1_000_000));
        var events = fields.Whole("events", 0, 1_000_000) ?? 5;
        var (after, again) = (fields.Duration("after", TimeSpan.Zero, day) ?? TimeSpan.Zero, fields.Duration("again", TimeSpan.FromSeconds(1), day) ?? minute);
        fields.Close();
        if (over.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            fields.Fault("over", "It is counted by the minute: write whole minutes.");
        }

        if (of is not null && StepOrders.IsUnclosed(of))
        {
            fields.Fault("of", RunbookSpec.Unclosed);
        }
        else if (measure is Probe.OpenAlerts && of is not null && StepOrders.NamesIn(of).IsEmpty)
        {
            fields.Place.Refer(DocumentKinds.AlertRule, of, fields.LineOf("of"), DottedKey.Below(fields.Path, "of")); // of a rule that is not there none is ever open
        }

        CheckLimits(fields, measure, least, most);
        return measure is { } found ? new(found, of, over, (double?)least, (double?)most, events, after, again) : null;
    }

    private static void CheckLimits(Fields fields, Probe? measure, decimal? least, decimal? most)
    {
        if (least is null && most is null)
        {
            fields.Fault("measure", "Say 'atLeast' or 'atMost'.");
        }

        if (measure is { } share && Probes.IsShare(share) && (least > 1 || most > 1))
        {
            fields.Fault("measure", $"{Probes.NameOf(share)} is a share: between 0 and 1.");
        }

        if (least > most)
        {
            fields.Fault("atLeast", "Nothing is at least this and at most 'atMost'.");
        }
    }
}
