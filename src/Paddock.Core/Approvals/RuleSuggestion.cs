using System.Globalization;
using System.Text;

namespace Paddock.Core.Approvals;

/// <summary>What is always approved need not be asked: a word to whoever keeps the rules. It changes nothing by itself.</summary>
/// <param name="Text">For people.</param>
/// <param name="Commands">The commands as a rule's <c>match</c> writes them; null when the call is not one plain command.</param>
public sealed record RuleSuggestion(string Text, string? Commands)
{
    /// <summary>So many equal answers are a habit.</summary>
    public const int Enough = 5;

    /// <summary>How far back is looked.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <returns>Null while people still make up their minds.</returns>
    public static RuleSuggestion? For(Approval approval, ShapeCount count)
    {
        if (count.Approved < Enough || count.Denied > 0)
        {
            return null;
        }

        var who = count.Requesters == 1 ? "one person" : $"{count.Requesters.ToString(CultureInfo.InvariantCulture)} people";
        return new(
            $"The same was approved {count.Approved.ToString(CultureInfo.InvariantCulture)} times in {Window.Days.ToString(CultureInfo.InvariantCulture)} days for {who} and never denied: "
            + $"rule {approval.Brief.Rule} could leave it out, or let approvers grant it for a while.",
            approval.Brief is { Opaque: false, Argv: [var argv] } ? Flow(argv) : null);
    }

    /// <summary>JSON strings are YAML too, whatever is in them.</summary>
    private static string Flow(IEnumerable<string> argv)
    {
        var text = new StringBuilder("commands: [[");
        text.AppendJoin(", ", argv.Select(CanonicalJson.String));
        return text.Append("]]").ToString();
    }
}
