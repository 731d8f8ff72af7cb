namespace Paddock.Agents.Hooks;

/// <summary>What an agent's hook tells of something that has happened. All of it is asserted, and none of it is content.</summary>
/// <param name="Type"><c>hook.</c> and the event in the agent's words, such as <c>hook.PostToolUse</c>.</param>
/// <param name="Session">The agent's own session id, as <see cref="HookCall.Session"/>.</param>
/// <param name="Facts">A JSON object.</param>
internal sealed record HookTelling(string Type, string Session, string Facts)
{
    /// <summary>The agent's own id of the session that began this one.</summary>
    public string? Parent { get; init; }

    /// <summary>What tells it from another that says the same: the call's id, or the moment by the agent's clock; null when the agent says neither.</summary>
    public string? Mark { get; init; }

    public string? Version { get; init; }
}
