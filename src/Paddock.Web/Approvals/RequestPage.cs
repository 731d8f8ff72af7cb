using System.Text;
using Paddock.Control.Approvals;
using Paddock.Core.Approvals;
using Paddock.Web.Identity;

namespace Paddock.Web.Approvals;

/// <summary>One request: exactly what is asked, what speaks for care, why, who decides, and the form; below what is needed to look further.</summary>
internal static class RequestPage
{
    public static Page Of(ConsoleSession session, ApprovalView view, string? message, DateTimeOffset now)
    {
        var title = $"{view.Subject.Tool} for {view.Requester}";
        return new(
            title,
            Frame.Of(
                session,
                $"""
                <h1>{HtmlText.Line(title)}: <span class="state">{HtmlText.Line(view.State)}</span></h1>
                {(message is null ? "" : $"<p class=\"note warn\" role=\"alert\">{HtmlText.Line(message)}</p>")}
                <h2>What is asked</h2>
                {What(view.Subject)}
                {Care(view.Subject)}
                <h2>Why it is asked</h2>
                <p>{HtmlText.Line(view.Subject.Because.Length == 0 ? "The rule gives no reason." : view.Subject.Because)}</p>
                {Terms(view, now)}
                <h2>Who decides</h2>
                {Chain(view)}
                {(view.Suggestion is { } suggestion ? $"<p class=\"note\">{HtmlText.Line(suggestion.Text)}{(suggestion.Commands is null ? "" : $" <code>{HtmlText.Line(suggestion.Commands)}</code>")}</p>" : "")}
                {DecisionForm.Of(session, view)}
                <h2>Details</h2>
                {Facts(view)}
                """));
    }

    private static string What(SubjectView subject)
    {
        var text = subject.Command ?? subject.Arguments ?? "";
        var lines = text.Count(c => c == '\n') + 1;
        var html = new StringBuilder();
        html.Append($"<p>{HtmlText.Line(subject.Agent)} wants to use <code>{HtmlText.Line(subject.Tool)}</code>");
        html.Append(subject.Cwd is null ? "" : $" in <code>{HtmlText.Line(subject.Cwd)}</code>").Append($". {Counted(text.Length, "character", "characters")}, {Counted(lines, "line", "lines")}, shown whole:</p>");
        html.Append($"<pre>{HtmlText.Block(text)}</pre>");
        if (subject.Argv.Count > 0)
        {
            html.Append("<p>It runs:</p><ol>").AppendJoin("", subject.Argv.Select(words => $"<li>{string.Join(' ', words.Select(word => $"<code>{HtmlText.Line(word)}</code>"))}</li>")).Append("</ol>");
        }

        return html.ToString();
    }

    /// <summary>What is easily overlooked.</summary>
    private static string Care(SubjectView subject)
    {
        var text = subject.Command ?? subject.Arguments ?? "";
        var (hidden, foreign) = (HtmlText.Hidden(text), subject.Command is null ? 0 : HtmlText.Foreign(text));
        var notes = new List<string>();
        if (subject.Opaque)
        {
            notes.Add("Paddock could not read this line whole: what it runs is not known.");
        }

        if (hidden > 0)
        {
            notes.Add($"{Counted(hidden, "hidden character is", "hidden characters are")} written out, such as \\u202e. Text that hides something is rarely harmless.");
        }

        if (foreign > 0)
        {
            notes.Add($"{Counted(foreign, "character is", "characters are")} not plain ASCII; some letters look like others.");
        }

        if (subject.WritesTo.Count > 0)
        {
            notes.Add("It writes to " + string.Join(", ", subject.WritesTo));
        }

        if (subject.Hosts.Count > 0)
        {
            notes.Add("It speaks to " + string.Join(", ", subject.Hosts));
        }

        return string.Concat(notes.Select(note => $"<p class=\"note warn\">{HtmlText.Line(note)}</p>"));
    }

    /// <summary>Under which rule, and until when.</summary>
    private static string Terms(ApprovalView view, DateTimeOffset now)
    {
        var until = view.State switch { "pending" => "To be decided until", "approved" => "To be used until", _ => null };
        return $"<dl><dt>Rule</dt><dd><code>{HtmlText.Line(view.Subject.Rule)}</code></dd><dt>Asked</dt><dd>{Frame.Moment(view.CreatedAt, now)}</dd>"
            + $"{(until is null ? "" : $"<dt>{until}</dt><dd>{Frame.Moment(view.ExpiresAt, now)}</dd>")}</dl>";
    }

    private static string Counted(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private static string Facts(ApprovalView view)
    {
        var subject = view.Subject;
        var facts = new (string Name, string? Value)[]
        {
            ("Asked by", view.Requester), ("Agent", subject.Agent), ("Task", subject.Task), ("Session", subject.Session), ("Mode", subject.Mode),
            ("Repository", subject.Repository), ("Model", subject.Model), ("Approval", view.Id), ("Digest", view.Digest), ("Release", subject.Release),
        };
        var html = new StringBuilder("<dl>");
        foreach (var (name, value) in facts.Where(fact => !string.IsNullOrEmpty(fact.Value)))
        {
            html.Append($"<dt>{name}</dt><dd><code>{HtmlText.Line(value!)}</code></dd>"); // filtered just now
        }

        html.Append(view is { Granted: true, Offer: { } offer } ? $"<dt>Granted</dt><dd><code>{HtmlText.Line(string.Join(' ', offer.ArgvPrefix))} …</code> in this task</dd>" : "");
        html.Append(view.State is "approved" or "consumed" ? $"<dt>Used</dt><dd>{view.Uses} of {view.MaxUses}</dd>" : "");
        return html.Append("</dl>").ToString();
    }

    private static string Chain(ApprovalView view)
    {
        var html = new StringBuilder(view.Chain.Steps.Count == 0 ? "<p>Whoever asked may let it pass, with a reason.</p>" : "<ol>");
        foreach (var step in view.Chain.Steps)
        {
            html.Append($"<li>{step.Votes} of {step.Min}: {HtmlText.Line(step.AnyOf)}{(step.Escalated && step.EscalateTo is { } more ? $", now also {HtmlText.Line(more)}" : "")}{(step.Waiting ? " (waiting)" : "")}</li>");
        }

        html.Append(view.Chain.Steps.Count == 0 ? "" : "</ol>");
        foreach (var vote in view.Votes)
        {
            html.Append($"<p>{HtmlText.Line(vote.By)}: <strong>{(vote.Approve ? "yes" : "no")}</strong>{(vote.Grants ? " (grant)" : "")}{(vote.Reason is null ? "" : $", “{HtmlText.Line(vote.Reason)}”")}</p>");
        }

        return html.ToString();
    }
}
