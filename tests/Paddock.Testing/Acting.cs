using Paddock.Core.Audit;

namespace Paddock.Testing;

/// <summary>Who changes things in tests that do not ask who did.</summary>
public static class Acting
{
    public static readonly AuditActor Operator = AuditActor.Of("usr_0000000000000000000000000000000f", "key_0000000000000000000000000000000f");
}
