namespace Paddock.Gateway.Guard;

/// <summary>What two accounts of a call must share to be accounts of one call.</summary>
/// <param name="Session">Paddock's task id; null when it is not known for certain.</param>
/// <param name="CallId">The provider's id of the call; null when it has none, or is not known.</param>
internal sealed record SameCall(string Principal, string? Session, string? CallId, CallDigest Digest)
{
    /// <returns>Null when the call can be told from no other.</returns>
    public static SameCall? Of(ICallOrigin origin, ToolCall call, CallDigest? digest) =>
        digest is { } known ? new(origin.Caller.Principal.Id.Value, origin.Task.TaskDerived ? null : origin.TaskId, call.Id, known) : null;
}
