namespace Paddock.Core.Approvals;

/// <summary>Where people decide an approval.</summary>
/// <param name="Console">How operators' browsers reach the console; null when nobody said.</param>
public sealed record ApprovalLinks(Uri? Console)
{
    public const string Path = "/approvals";

    /// <returns>Null when nobody said how the console is reached.</returns>
    public string? Of(ApprovalId id) => Console is null ? null : $"{Console.AbsoluteUri.TrimEnd('/')}{Path}/{id}";
}
