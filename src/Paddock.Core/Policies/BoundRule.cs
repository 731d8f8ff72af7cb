namespace Paddock.Core.Policies;

/// <summary>A rule where one binding puts it: what a decision names.</summary>
public sealed record BoundRule(Policy Policy, PolicyRule Rule, PolicyBinding Binding)
{
    /// <summary>Such as <c>git-writes/git-push-needs-approval</c>: what stands in decisions and metrics.</summary>
    public string Name { get; } = Policy.Name + "/" + Rule.Id;
}
