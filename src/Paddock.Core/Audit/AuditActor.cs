namespace Paddock.Core.Audit;

/// <summary>Who did something, as the log says it: ids only. Whose they are stands in the directory, where it can be erased.</summary>
/// <param name="Type"><c>user</c>, <c>service_account</c>, <c>agent</c> or <c>system</c>.</param>
/// <param name="Id">Principal id; for an agent its name; for the installation itself what made it act, such as <c>system:release-dir</c>.</param>
/// <param name="Sub">For an agent: the principal whose key it came with.</param>
/// <param name="Via">Id of the key or session that was shown; null for the installation itself.</param>
public sealed record AuditActor(string Type, string Id, string? Sub = null, string? Via = null)
{
    /// <summary>Time itself: what nobody did, and happened all the same.</summary>
    public static readonly AuditActor Clock = Of("system:clock");

    /// <summary>Whoever owns the data directory while no server runs on it.</summary>
    public static readonly AuditActor Local = Of("system:local");

    /// <summary>A principal, or the installation (<c>system:…</c>).</summary>
    public static AuditActor Of(string id, string? via = null) => new(TypeOf(id), id, Via: via);

    public static AuditActor Agent(string agent, string principal, string? via) => new("agent", agent, principal, via);

    private static string TypeOf(string id) => id switch
    {
        _ when id.StartsWith("usr_", StringComparison.Ordinal) => "user",
        _ when id.StartsWith("svc_", StringComparison.Ordinal) => "service_account",
        _ => "system",
    };
}
