using System.Collections.Immutable;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tools;

namespace Paddock.Core.Policies.Authoring;

/// <summary>
/// Judges remembered decisions again, by a release that may take the place of another, and counts what would be decided otherwise. May be
/// used from several threads at once.
/// </summary>
/// <param name="candidate">By which they are judged.</param>
/// <param name="against">By which they are judged as well, to compare; null = compared with what was decided then.</param>
public sealed class DecisionReplay(PolicySet candidate, PolicySet? against)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(ReplayedEffect From, ReplayedEffect To), ReplayTally> changes = [];
    private readonly long[] notReplayed = new long[Enum.GetValues<ReplayGap>().Length];
    private long replayed;
    private long unchanged;

    public void Add(StoredDecision decision)
    {
        var (gap, from, to, rule) = Judge(decision);
        lock (gate)
        {
            if (gap is { } why)
            {
                notReplayed[(int)why]++;
                return;
            }

            replayed++;
            if (from == to)
            {
                unchanged++;
                return;
            }

            if (!changes.TryGetValue((from, to), out var tally))
            {
                changes.Add((from, to), tally = new());
            }

            tally.Add(decision, rule);
        }
    }

    public ReplayReport Report()
    {
        lock (gate)
        {
            return new(
                replayed,
                unchanged,
                [.. changes.OrderByDescending(change => change.Key.To).ThenBy(change => change.Key.From).Select(change => change.Value.Tell(change.Key.From, change.Key.To))],
                [.. Enum.GetValues<ReplayGap>().Where(gap => notReplayed[(int)gap] > 0).Select(gap => new KeyValuePair<ReplayGap, long>(gap, notReplayed[(int)gap]))]);
        }
    }

    private (ReplayGap? Gap, ReplayedEffect From, ReplayedEffect To, string Rule) Judge(StoredDecision decision)
    {
        if (decision.NotEvaluated is not null)
        {
            return (ReplayGap.NotEvaluated, default, default, "");
        }

        if (decision.Inputs is not { } inputs)
        {
            return (ReplayGap.NotKept, default, default, "");
        }

        var subject = inputs.ToSubject();
        if (!inputs.Suffices(candidate, subject) || (against is not null && !inputs.Suffices(against, subject)))
        {
            return (ReplayGap.Masked, default, default, "");
        }

        var verdict = new PolicyVerdict();
        candidate.Judge(subject, ref verdict);
        var (to, rule) = (Of(verdict.Effect, verdict.Soft), verdict.Rule < 0 ? "defaults" : candidate.Rules[verdict.Rule].Name);
        if (against is null)
        {
            return (null, Of(decision.Effect, decision.Soft), to, rule);
        }

        against.Judge(subject, ref verdict);
        return (null, Of(verdict.Effect, verdict.Soft), to, rule);
    }

    private static ReplayedEffect Of(Effect effect, bool soft) => effect switch
    {
        Effect.Allow => ReplayedEffect.Allow,
        Effect.RequireApproval => ReplayedEffect.RequireApproval,
        _ => soft ? ReplayedEffect.SoftDeny : ReplayedEffect.Deny,
    };

    /// <summary>Counts one kind of change.</summary>
    private sealed class ReplayTally
    {
        private const int Examples = 5;

        /// <summary>Tools' names come off the wire; beyond this many they are counted together.</summary>
        private const int MostNames = 1_000;

        private readonly Dictionary<string, long> tools = new(StringComparer.Ordinal), teams = new(StringComparer.Ordinal), rules = new(StringComparer.Ordinal);
        private readonly PriorityQueue<ReplayExample, DateTimeOffset> newest = new();
        private long count;

        public void Add(StoredDecision decision, string rule)
        {
            count++;
            Count(tools, $"{decision.Tool} ({ToolClassNames.Of(decision.Class)})");
            Count(rules, rule);
            foreach (var team in decision.Teams.IsEmpty ? ["(no team)"] : decision.Teams)
            {
                Count(teams, team);
            }

            newest.Enqueue(new(decision.Id, decision.At, decision.Tool, decision.Principal, decision.Rule, rule), decision.At);
            if (newest.Count > Examples)
            {
                newest.Dequeue();
            }
        }

        public ReplayChange Tell(ReplayedEffect from, ReplayedEffect to) =>
            new(from, to, count, Told(tools), Told(teams), Told(rules), [.. newest.UnorderedItems.Select(item => item.Element).OrderByDescending(example => example.At)]);

        private static void Count(Dictionary<string, long> counts, string name)
        {
            name = counts.Count < MostNames || counts.ContainsKey(name) ? name : "(others)";
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        private static ImmutableArray<KeyValuePair<string, long>> Told(Dictionary<string, long> counts) =>
            [.. counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)];
    }
}
