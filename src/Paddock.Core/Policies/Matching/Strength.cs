namespace Paddock.Core.Policies.Matching;

/// <summary>The order in which outcomes win over each other.</summary>
internal enum Strength
{
    Allow,
    SoftDeny,
    RequireApproval,
    Deny,
}
