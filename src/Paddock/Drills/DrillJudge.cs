using System.Globalization;
using Paddock.Core.Audit;
using Paddock.Core.Containments;
using Paddock.Core.Mitigations;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;

namespace Paddock.Drills;

/// <summary>Holds what happened in a twin against what was expected.</summary>
internal sealed class DrillJudge(Twin twin, Runbook runbook, DrillClock clock)
{
    private DrillExpectations Expect => runbook.Drill.Expect;

    /// <param name="seen">While the run held.</param>
    /// <param name="back">After it was undone.</param>
    public async Task<IReadOnlyList<DrillLine>> JudgeAsync(Run? run, IReadOnlySet<DrillSight> seen, IReadOnlySet<DrillSight> back, (int Good, int Counted) answers, CancellationToken cancellationToken)
    {
        var lines = new List<DrillLine>
        {
            Within("alert", clock.AlertAt, Expect.AlertWithin), Within("incident", clock.IncidentAt, Expect.IncidentWithin), Within("mitigated", clock.MitigatedAt, Expect.MitigatedWithin),
            new("the run ends undone", run?.State is RunState.Ended, run is null ? "It never began." : run.Reason is { } reason ? $"{run.State}: {reason}" : run.State.ToString()),
        };
        lines.AddRange(Expect.Seen.Select(sight => new DrillLine(DrillSights.NameOf(sight), seen.Contains(sight), seen.Contains(sight) ? "It was seen." : "It was not seen.")));
        if (Expect.SuccessRate > 0)
        {
            var rate = answers.Counted == 0 ? 0 : (double)answers.Good / answers.Counted;
            lines.Add(new(string.Create(CultureInfo.InvariantCulture, $"success rate at least {Expect.SuccessRate}"), rate >= Expect.SuccessRate, string.Create(CultureInfo.InvariantCulture, $"{answers.Good} of {answers.Counted} calls were answered.")));
        }

        lines.Add(await RestoredAsync(back, cancellationToken));
        lines.Add(await AuditedAsync(run, cancellationToken));
        return lines;
    }

    private async Task<DrillLine> RestoredAsync(IReadOnlySet<DrillSight> back, CancellationToken cancellationToken)
    {
        var left = back.Where(TwinSights.IsUndone).Select(DrillSights.NameOf).ToList();
        var mitigations = (await twin.PumpAsync(twin.Get<IMitigationStore>().StandingAsync(cancellationToken))).All.Length;
        var containments = (await twin.PumpAsync(twin.Get<IContainmentStore>().ListAsync(new() { State = ContainmentState.InForce }, cancellationToken))).Length;
        var good = left.Count == 0 && mitigations == 0 && containments == 0;
        return new("everything is as before", good, good ? "Nothing of the run stands." : $"{string.Join(", ", left)} {mitigations} mitigations, {containments} containments stand.".Trim());
    }

    /// <summary>Each move of the run is in the log, once and in order.</summary>
    private async Task<DrillLine> AuditedAsync(Run? run, CancellationToken cancellationToken)
    {
        const string expectation = "the log tells all of it";
        if (run is null)
        {
            return new(expectation, false, "There is nothing to tell.");
        }

        var (entries, query) = (new List<KeptEntry>(), new EntryQuery { Ref = run.Id, Limit = 1_000 });
        for (EntryPage? page = null; page is null || page.Next is not null;)
        {
            page = await twin.PumpAsync(twin.Get<IEntryReader>().ListAsync(query with { Before = page?.Next }, cancellationToken));
            entries.AddRange(page.Entries);
        }

        var moves = entries.Count(static entry => entry.Act.StartsWith(AuditActs.Run, StringComparison.Ordinal));
        return new(expectation, moves == run.Revision + 1, $"{moves} entries, {run.Revision + 1} moves.");
    }

    private DrillLine Within(string what, DateTimeOffset? at, TimeSpan most) =>
        new($"{what} within {DrillClock.Show(most)}", clock.Since(at) is { } took && took <= most, clock.Since(at) is { } span ? $"It took {DrillClock.Show(span)}." : "It never happened.");
}
