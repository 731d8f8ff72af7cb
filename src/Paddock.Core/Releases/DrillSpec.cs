using System.Collections.Immutable;
using Paddock.Core.Runbooks;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>drill</c> of a <c>Runbook</c>.</summary>
internal static class DrillSpec
{
    private static readonly string[] faults =
        ["provider_down", "credential_refused", "answers_changed", "traffic_spike", "commands_slow", "probing", "tool_runs_wild", "release_rejected", "approvals_pile_up"];

    private static readonly TimeSpan minute = TimeSpan.FromMinutes(1), longest = TimeSpan.FromHours(6);

    public static Drill? Read(Fields spec)
    {
        if (spec.Object("drill", required: true) is not { } fields)
        {
            return null;
        }

        var wrong = Words<DrillFault>(fields, "faults", faults);
        var calls = (int)(fields.Whole("callsPerTick", 0, 20) ?? 2);
        var until = fields.Duration("until", minute, longest, required: true);
        var answer = fields.Flag("answer") ?? true;
        var expect = Expectations(fields);
        var age = fields.Duration("maxAge", TimeSpan.FromHours(1), TimeSpan.FromDays(366)) ?? TimeSpan.FromDays(30);
        fields.Close();
        return until is null || expect is null ? null : new() { Faults = wrong, CallsPerTick = calls, Until = until.Value, Answer = answer, Expect = expect, MaxAge = age };
    }

    private static DrillExpectations? Expectations(Fields drill)
    {
        if (drill.Object("expect", required: true) is not { } fields)
        {
            return null;
        }

        TimeSpan? Within(string name) => fields.Duration(name, TimeSpan.FromSeconds(10), longest, required: true);
        var (alert, incident, mitigated) = (Within("alertWithin"), Within("incidentWithin"), Within("mitigatedWithin"));
        var rate = fields.Decimal("successRate", 1) ?? 0;
        var seen = Words<DrillSight>(fields, "seen", DrillSights.Names);
        fields.Close();
        return alert is { } a && incident is { } i && mitigated is { } m ? new() { AlertWithin = a, IncidentWithin = i, MitigatedWithin = m, SuccessRate = (double)rate, Seen = seen } : null;
    }

    private static ImmutableArray<T> Words<T>(Fields fields, string name, IReadOnlyList<string> words)
        where T : struct, Enum =>
        [.. fields.Texts(name, required: true).Select(one => FieldValues.ChoiceOf(fields.Place, one.Line, one.Path, one.Text, words)).OfType<int>().Select(static at => (T)(object)at)];
}
