using System.Collections.Immutable;

namespace Paddock.Core.Approvals;

/// <summary>The call that an approval is used for.</summary>
/// <param name="Argv">The words of the command when the line is one plain command; empty otherwise, and then no grant covers it.</param>
public sealed record ApprovalUse(ApprovalSubject Subject, string? Repository, ImmutableArray<string> Argv)
{
    public ApprovalUse(ApprovalSubject subject)
        : this(subject, null, [])
    {
    }
}
