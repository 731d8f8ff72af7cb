using Paddock.Core.Identity;

namespace Paddock.Core.Containments;

/// <summary>
/// What is known of a call when it is asked whether it is contained. What is null is not known, and fits no selector that names it. Agent
/// and task may be what the call says of itself: a containment only tightens, and one that must hold against liars names the user or key.
/// </summary>
public readonly record struct ContainmentFacts
{
    public required PrincipalId User { get; init; }

    public required KeyId Key { get; init; }

    public string? Agent { get; init; }

    /// <summary>Paddock's task id.</summary>
    public string? Task { get; init; }

    /// <summary>The agent's own id of the task.</summary>
    public string? NativeTask { get; init; }

    /// <summary>Paddock's id of the task that began this one.</summary>
    public string? ParentTask { get; init; }

    public string? NativeParentTask { get; init; }

    /// <summary>As asked for.</summary>
    public string? Model { get; init; }

    /// <summary>As sent to the provider.</summary>
    public string? UpstreamModel { get; init; }

    public string? Provider { get; init; }
}
