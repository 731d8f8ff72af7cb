using Paddock.Core.Containments;
using Paddock.Core.Policies;
using Paddock.Core.Tools;
using Paddock.Gateway.Containments;

namespace Paddock.Gateway.Guard;

/// <summary>What a refused call says in its place: the release's own words and a decision's id, nothing of the call.</summary>
internal static class RefusalWords
{
    public static string Denied(PolicyRule? rule, string decision) =>
        Sentence("Refused by policy.", rule?.Because ?? (rule is null ? "No rule allows it" : null), rule?.Fix, $"Decision {decision}");

    public static string NotEvaluated(string because, string decision) => Sentence("Refused by policy, not evaluated.", because, $"Decision {decision}");

    public static string NotRecorded(string decision) =>
        Sentence("Not let through: the audit log cannot be written (audit_unavailable).", "Try the same call again in a while", $"Decision {decision}");

    public static string Contained(Containment containment, string decision) => Sentence(ContainmentRefusal.Words(containment), "Do not try it again before", $"Decision {decision}");

    /// <param name="link">Where it can be approved; null = not known.</param>
    public static string Waiting(PolicyRule? rule, string approval, string? link) =>
        Sentence("Waiting for an approval.", rule?.Because, "Go on with something else, or make the same call again once it is approved.", $"Approval {approval}", link);

    /// <param name="approval">What the asker may override.</param>
    public static string Overridable(PolicyRule? rule, string approval) =>
        Sentence("Refused by policy.", rule?.Because, rule?.Fix, $"Whoever asks may let the same call pass, with a reason: paddock override {approval}");

    public static string NotApproved(string approval, string reason) => Sentence("Not approved.", reason, $"Approval {approval}");

    /// <summary>The call made harmless, or taken out where nothing makes it so.</summary>
    /// <param name="mayTakeOut">False when the provider remembers the call and wants its result.</param>
    /// <param name="standIn">The agent's tool that tells a refusal in another's place; null = none is offered.</param>
    public static ToolDecision Dress(GuardedCall call, string said, bool mayTakeOut, StandInTool? standIn)
    {
        var shape = call.Shape;
        if (HarmlessCall.Arguments(shape, "Paddock: " + said, call.Arguments.IsFree) is { } arguments)
        {
            return new ToolDecision.Refused(arguments);
        }

        if (standIn is not null && !call.Arguments.IsFree)
        {
            return new ToolDecision.Refused(HarmlessCall.Arguments(standIn, said)) { Name = standIn.Name };
        }

        return mayTakeOut
            ? new ToolDecision.TakenOut("[Paddock] " + said)
            : new ToolDecision.Refused(HarmlessCall.Arguments(shape with { Refusal = RefusalStyle.Misfit }, "Paddock: " + said, call.Arguments.IsFree)!); // that style has always some
    }

    private static string Sentence(params ReadOnlySpan<string?> parts)
    {
        var all = "";
        foreach (var part in parts)
        {
            if (!string.IsNullOrWhiteSpace(part))
            {
                var text = part.Trim();
                all += (all.Length == 0 ? "" : " ") + text + (text[^1] is '.' or '!' or '?' ? "" : ".");
            }
        }

        return all;
    }
}
