using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>Writes an incident's postmortem: all of it, over what was read.</summary>
public sealed class WritePostmortem(IncidentBook book, IIncidents incidents)
{
    public async Task<Outcome<IncidentView>> RunAsync(Actor actor, string id, PostmortemInput input, CancellationToken cancellationToken)
    {
        if (!IncidentBook.MayChange(actor, await incidents.FindAsync(id, cancellationToken)))
        {
            return new Outcome<IncidentView>.Forbidden(ControlRoles.Operator);
        }

        if (Check(input) is { } fault)
        {
            return fault;
        }

        var postmortem = new Postmortem
        {
            Version = input.Version,
            Summary = input.Summary,
            Impact = input.Impact,
            Timeline = input.Timeline,
            Causes = input.Causes,
            WentWell = input.WentWell,
            Actions = [.. input.Actions.Select(ItemOf)],
        };
        return await book.ApplyAsync(id, new IncidentCommand.WritePostmortem(postmortem), actor.Audited, actor, cancellationToken);
    }

    private Outcome<IncidentView>.Invalid? Check(PostmortemInput input)
    {
        var texts = new[] { ("summary", input.Summary), ("impact", input.Impact), ("causes", input.Causes), ("wentWell", input.WentWell) };
        return texts.FirstOrDefault(static one => !IncidentTexts.IsShort(one.Item2, Postmortem.LongestText)).Item1 is { } long1
            ? new(long1, $"It has at most {Postmortem.LongestText} characters.")
            : input switch
            {
                _ when !IncidentTexts.IsShort(input.Timeline, Postmortem.LongestTimeline) => new("timeline", $"It has at most {Postmortem.LongestTimeline} characters."),
                _ when input.Actions.IsDefault || input.Actions.Length > Postmortem.MostActions => new("actions", $"There are at most {Postmortem.MostActions} action items."),
                _ => input.Actions.Select((action, at) => Check(action, $"actions[{at}]")).FirstOrDefault(static fault => fault is not null),
            };
    }

    private Outcome<IncidentView>.Invalid? Check(ActionItemView? action, string field)
    {
        var plain = new[] { action?.Link, action?.Test, action?.FailingRun, action?.PassingRun };
        return action switch
        {
            _ when !IncidentTexts.IsText(action?.Text, Postmortem.LongestAction) => new(field, "An action item says in 1 to 500 characters what is done."),
            { Owner: { } owner } when book.PersonOf(owner) is null => new(field, "An action item is owned by a person; there is none of this name who is not disabled."),
            { Kind: { } kind } when KindOf(kind) is null => new(field, "An action item is a test, a policy, a runbook or a doc."),
            _ when plain.Any(static text => text is not null && !Names.IsLabel(text, Postmortem.LongestAction)) => new(field, "A link and the ids of a test and its runs are one line of up to 500 characters."),
            _ => null,
        };
    }

    private ActionItem ItemOf(ActionItemView view) => new()
    {
        Text = view.Text,
        Owner = book.PersonOf(view.Owner)?.Id.Value,
        Due = view.Due,
        Kind = KindOf(view.Kind),
        Link = view.Link,
        Test = (view.Test, view.FailingRun, view.PassingRun) is (null, null, null) ? null : new(view.Test ?? "", view.FailingRun ?? "", view.PassingRun ?? ""),
    };

    private static ActionKind? KindOf(string? text) => text switch { "test" => ActionKind.Test, "policy" => ActionKind.Policy, "runbook" => ActionKind.Runbook, "doc" => ActionKind.Doc, _ => null };
}
