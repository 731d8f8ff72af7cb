using System.Collections.Immutable;

namespace Paddock.Core.Policies;

/// <summary>What has to happen besides, by whoever enforces the decision.</summary>
/// <param name="Type">A word of a closed set: <c>notification</c>, <c>step_up</c>, <c>session_termination</c> or <c>custom</c>.</param>
public sealed record RuleObligation(string Type, ImmutableArray<KeyValuePair<string, string>> Properties)
{
    /// <summary>Tells people by the one outlet there is. The only type that Paddock carries out itself.</summary>
    public const string Notification = "notification";
}
