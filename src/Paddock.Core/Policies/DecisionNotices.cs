using System.Collections.Immutable;
using Paddock.Core.Notifications;
using Paddock.Core.Tasks;

namespace Paddock.Core.Policies;

/// <summary>What people are told of a decision whose rule obliges Paddock to tell them. Never a command or arguments: a chat is no place for them.</summary>
public static class DecisionNotices
{
    /// <summary>What is told of every decision; an obligation's own properties come besides.</summary>
    public static readonly ImmutableArray<string> Names = ["decision", "effect", "rule", "tool", "user", "agent", "task"];

    /// <param name="decision">The decision's id.</param>
    /// <param name="user">Name of who calls.</param>
    /// <param name="tool">By the agent's own name.</param>
    public static Notification Of(string decision, Effect effect, BoundRule rule, RuleObligation obligation, string user, string tool, TaskFacts task, string? taskId, DateTimeOffset at)
    {
        var what = effect switch { Effect.Allow => "Allowed", Effect.RequireApproval => "Held for an approval", _ => "Refused" };
        string[] told = [decision, effect switch { Effect.Allow => "allow", Effect.RequireApproval => "require_approval", _ => "deny" }, rule.Name, tool, user, task.Agent, taskId ?? ""];
        return new()
        {
            Event = "tool.decided",
            At = at,
            Text = $"{what}: {ChatText.Of(tool)} of {ChatText.Of(task.Agent)} for {ChatText.Of(user)} ({ChatText.Of(rule.Name)}).",
            Facts = [.. Names.Zip(told, static (name, value) => new KeyValuePair<string, string>(name, value)), .. obligation.Properties],
        };
    }
}
