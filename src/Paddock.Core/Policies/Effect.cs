namespace Paddock.Core.Policies;

/// <summary>What a rule wants, from the mildest to the strictest. The name in lower snake case is what documents write.</summary>
public enum Effect
{
    Allow,
    RequireApproval,
    Deny,
}
