using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Identity;

/// <summary>A local account as a row.</summary>
internal sealed class AccountRow
{
    public string PrincipalId { get; init; } = "";

    public string Password { get; init; } = "";

    public int Failures { get; init; }

    public long? LockedUntil { get; init; }

    public LocalAccount ToAccount() => new(Core.Identity.PrincipalId.Parse(PrincipalId), Password, Failures, LockedUntil?.ToTime());
}
