using System.Collections.Immutable;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Tools;

namespace Paddock.Core.Policies;

/// <summary>
/// Every rule of a release where its bindings put it, compiled. Immutable. The order of files, policies and rules changes nothing but
/// which of two equally strict rules is named.
/// </summary>
public sealed class PolicySet
{
    public static readonly PolicySet Empty = new([], [], ToolDefaults.Pilot);

    private readonly ImmutableArray<Policy> policies;
    private readonly ImmutableArray<PolicyBinding> bindings;
    private readonly RuleEntry[] entries;
    private readonly RuleIndex index;
    private readonly RuleEntry[] obliging;
    private readonly RuleEntry[] hiding;
    private readonly RuleEntry[] auditing;
    private readonly bool hasMilder;

    /// <param name="policies">Those that no binding names take no part.</param>
    /// <param name="bindings">Each names one of <paramref name="policies"/>; those that are off take no part.</param>
    public PolicySet(IEnumerable<Policy> policies, IEnumerable<PolicyBinding> bindings, ToolDefaults defaults)
    {
        Defaults = defaults;
        (this.policies, this.bindings) = ([.. policies], [.. bindings]);
        entries = RuleEntry.Compile(this.policies, this.bindings);
        Rules = [.. entries.Select(entry => entry.Bound)];
        index = new(entries);
        obliging = Array.FindAll(entries, entry => entry.Obliges);
        hiding = Array.FindAll(entries, entry => entry.Hides);
        auditing = [.. entries.Where(entry => entry.Rule.Source.Audit is not null).OrderByDescending(entry => entry.Rule.Source.Audit!.Level)]; // asked before
        Uses = new(entries.Aggregate(0UL, static (all, entry) => all | (entry.Rule.Source.Condition?.Uses.Bits ?? 0)));
        hasMilder = Array.Exists(entries, entry => entry.Binding.Enforcement != Enforcement.Enforce);
    }

    /// <summary>All rules that are looked at, in the order of policies' names, rules and bindings' names.</summary>
    public ImmutableArray<BoundRule> Rules { get; }

    public ToolDefaults Defaults { get; }

    /// <summary>The facts that conditions look at.</summary>
    public FactMask Uses { get; }

    /// <summary>Whether nothing can ever be said but "allow": then nobody needs to look for tool calls.</summary>
    public bool IsEmpty => entries.Length == 0 && !RefusesByDefault;

    /// <summary>Whether anything can be refused or held; otherwise judging serves the record only.</summary>
    public bool Enforces => RefusesByDefault || Array.Exists(entries, entry => entry is { IsEnforced: true, Strength: > Strength.Allow } or { NeedsOthers: true });

    /// <summary>Whether tools may be left out of what is offered to the model.</summary>
    public bool HidesTools => hiding.Length > 0;

    /// <summary>Whether a rule wants something to happen besides.</summary>
    public bool HasObligations => obliging.Length > 0;

    private bool RefusesByDefault => Defaults.Effects.Any(effect => effect != Effect.Allow);

    /// <summary>The same rules and some more, each binding as firm as is said of it.</summary>
    internal PolicySet With(IReadOnlyCollection<(Policy Policy, PolicyBinding Binding)> more, Func<PolicyBinding, PolicyBinding> firm) =>
        new([.. policies, .. more.Select(static one => one.Policy)], [.. bindings.Select(firm), .. more.Select(static one => one.Binding)], Defaults);

    /// <summary>Judges one call. Allocates nothing.</summary>
    public void Judge(in PolicySubject subject, ref PolicyVerdict verdict)
    {
        var judging = new Judging(subject, entries, hasMilder);
        index.Visit(subject, ref judging);
        judging.Tell(Defaults.Of(subject.Class), ref verdict);
    }

    /// <summary>Judges one call and says of every rule why it matches or where it stops. Only for when somebody asks: it looks at all rules and allocates.</summary>
    public PolicyExplanation Explain(PolicySubject subject)
    {
        var verdict = new PolicyVerdict();
        Judge(subject, ref verdict);
        return Explaining.Explain(subject, entries, verdict);
    }

    /// <summary>Whether what is said of a call may depend on one of these facts. True also where that cannot be told.</summary>
    public bool MayDependOn(PolicySubject subject, FactMask facts) =>
        Array.Exists(entries, entry => entry.Scope.Takes(subject) && entry.Rule.Match.Caller(subject) is MatchStage.Matched && entry.Rule.LooksAt(facts));

    /// <summary>Whether a call is allowed for certain although some of its facts are not known yet. False when that cannot be told.</summary>
    /// <param name="subject">With what is known; a fact in <paramref name="unknown"/> counts as absent.</param>
    public bool AllowsWhatever(PolicySubject subject, FactMask unknown)
    {
        var units = CallUnits.Of(subject);
        var allowed = Defaults.Of(subject.Class) is Effect.Allow;
        foreach (var entry in entries)
        {
            if (!entry.IsEnforced || !entry.Scope.Takes(subject) || entry.Rule.Match.Caller(subject) is not MatchStage.Matched)
            {
                continue;
            }

            var looksFurther = entry.Rule.LooksAt(unknown);
            var reach = default(RuleReach);
            var matches = !looksFurther && entry.Check(subject, units, out reach) is MatchStage.Matched;
            if ((!entry.Rule.Allows || entry.NeedsOthers) && (looksFurther || matches))
            {
                return false;
            }

            allowed |= matches && reach.Whole;
        }

        return allowed;
    }

    /// <summary>Judges the calls of a tool that the provider runs: nobody will see them, so facts in <paramref name="unknown"/> count against them.</summary>
    public void JudgeUnseen(PolicySubject subject, FactMask unknown, ref PolicyVerdict verdict) =>
        new UnseenJudging(subject, unknown).Judge(entries, Defaults.Of(subject.Class), ref verdict);

    /// <summary>Whether a tool is denied whatever is called with it, and its rule wants it out of the model's sight.</summary>
    public bool Hides(PolicySubject subject) => Array.Exists(hiding, entry => entry.Scope.Takes(subject)
        && entry.Rule.Match.Caller(subject) is MatchStage.Matched
        && !entry.Overrides.Any(other => other.IsEnforced && other.Scope.Takes(subject)));

    /// <summary>How much is kept of a call: the most that a rule asks for that may match it, however firmly it is bound.</summary>
    public RuleAudit AuditOf(PolicySubject subject, bool mutating)
    {
        var usual = mutating ? RuleAudit.OfMutating : RuleAudit.OfReading;
        if (auditing.Length == 0)
        {
            return usual;
        }

        var units = CallUnits.Of(subject);
        var asked = Array.Find(auditing, entry => entry.Audits(subject, units))?.Rule.Source.Audit;
        return asked?.Level > usual.Level ? asked : usual;
    }

    /// <summary>The rules that say what was decided on a call and want something to happen besides.</summary>
    public ImmutableArray<BoundRule> Obliging(PolicySubject subject, in PolicyVerdict verdict)
    {
        var (effect, units) = (verdict.Effect, CallUnits.Of(subject));
        return [.. obliging.Where(entry => entry.Rule.Source.Effect == effect && entry.Check(subject, units, out _) is MatchStage.Matched).Select(entry => entry.Bound)];
    }
}
