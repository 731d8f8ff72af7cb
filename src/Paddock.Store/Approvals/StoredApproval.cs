using Paddock.Core.Approvals;

namespace Paddock.Store.Approvals;

/// <param name="Revision">Of the row it was read from.</param>
internal sealed record StoredApproval(Approval Approval, long Revision, string RequestKey, string? GrantKey);

/// <summary>Somebody else was faster. The transaction is rolled back and begun again.</summary>
internal sealed class StaleApprovalException : Exception;
