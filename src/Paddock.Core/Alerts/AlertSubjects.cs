using Paddock.Core.Containments;
using Paddock.Core.Identity;

namespace Paddock.Core.Alerts;

/// <summary>What alerts are about, as it is kept and as people know it. People are kept by their ids, also behind a budget's name: <c>monthly/usr_…</c>.</summary>
public static class AlertSubjects
{
    /// <summary>An account of a budget.</summary>
    public static string Of(string budget, string account) => $"{budget}/{account}";

    public static string Shown(string subject, IdentityDirectory directory) => SplitAt(subject) is var (head, tail) ? head + ContainmentNames.UserOf(tail, directory) : "";

    /// <summary>As it is kept, of what people say.</summary>
    /// <param name="budgets">Names of those there are: behind another word with a stroke stands a tool, and not a person.</param>
    public static string Kept(string said, IdentityDirectory directory, IEnumerable<string> budgets)
    {
        var (head, tail) = SplitAt(said);
        return head.Length > 0 && !budgets.Contains(head[..^1], StringComparer.Ordinal) ? said : head + (directory.Principals.FirstOrDefault(one => one.Name == tail)?.Id.Value ?? tail);
    }

    private static (string Head, string Tail) SplitAt(string subject) => subject.IndexOf('/', StringComparison.Ordinal) is var slash ? (subject[..(slash + 1)], subject[(slash + 1)..]) : default;
}
