using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Approvals;

namespace Paddock.Commands;

/// <summary><c>paddock approvals list|show|approve|deny|revoke|approvers</c> and <c>paddock override</c>.</summary>
internal static class ApprovalsCommand
{
    private const string Path = "/control/v1/approvals";

    private static readonly Option<string?> State = new("--state") { Description = "pending (default), approved, denied, expired, cancelled, consumed, revoked, or all." };
    private static readonly Option<string?> User = new("--user") { Description = "Only what this user asked for." };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many, newest first. Default 50.", DefaultValueFactory = static _ => 50 };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Kept with the decision." };
    private static readonly Option<string> NeededReason = new("--reason") { Description = "Why it must pass; kept.", Required = true };
    private static readonly Option<bool> Grant = new("--grant") { Description = "Grant what the rule offers (some more calls of the kind), not this one call only." };
    private static readonly Option<DateTimeOffset?> Since = new("--since") { Description = "Count what was decided since this moment (ISO 8601). Default: 30 days ago." };
    private static readonly Argument<string> Approval = new("approval") { Description = "Approval id (apr_…)." };

    public static Command Build() => new("approvals", "What waits for somebody's yes, and what became of it. To decide takes a person's own key with the approver role (PADDOCK_KEY or --key-file).")
    {
        List(), Show(), Approve(), Decide("deny", "Say no; until it would have expired the same is not asked again.", "deny"),
        Decide("revoke", "Take back what was approved, or your own request.", "revoke"), Approvers(),
    };

    /// <summary>The command that refusals of soft rules name.</summary>
    public static Command BuildOverride() => new Command("override", "Let your own call pass once that a soft rule refused.") { Approval, NeededReason }.Asks(
        ControlJson.Default.ApprovalView,
        static (parsed, connection, cancellationToken) => connection.SendAsync(
            HttpMethod.Post, PathOf(parsed, "override"), JsonContent.Create(new DecisionInput(parsed.GetRequiredValue(NeededReason)), ControlJson.Default.DecisionInput), ControlJson.Default.ApprovalView, cancellationToken),
        PrintState);

    private static Command List() =>
        new Command("list", "List approvals, newest first.") { State, User, Limit, Before }.Asks(
            ControlJson.Default.ApprovalList,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, QueryOf(parsed), null, ControlJson.Default.ApprovalList, cancellationToken),
            static (list, printer) => printer.Table(
                ["at", "approval", "state", "user", "agent", "tool", "rule", "until", "what"],
                list.Approvals.Select(one => new[]
                {
                    Printer.Time(one.CreatedAt), one.Id, one.State, one.Requester, one.Subject.Agent, one.Subject.Tool, one.Subject.Rule, Printer.Time(one.ExpiresAt), Short(one.Subject.Command ?? one.Subject.Arguments),
                })));

    private static Command Show() =>
        new Command("show", "Show what exactly is asked, why, and how far it is.") { Approval }.Asks(
            ControlJson.Default.ApprovalView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, PathOf(parsed, ""), null, ControlJson.Default.ApprovalView, cancellationToken),
            Print);

    private static Command Approve() =>
        new Command("approve", "Say yes.") { Approval, Reason, Grant }.Asks(
            ControlJson.Default.ApprovalView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, PathOf(parsed, "approve"), JsonContent.Create(new ApproveInput(parsed.GetValue(Reason), parsed.GetValue(Grant)), ControlJson.Default.ApproveInput), ControlJson.Default.ApprovalView, cancellationToken),
            PrintState);

    private static Command Decide(string verb, string description, string path) =>
        new Command(verb, description) { Approval, Reason }.Asks(
            ControlJson.Default.ApprovalView,
            (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, PathOf(parsed, path), JsonContent.Create(new DecisionInput(parsed.GetValue(Reason)), ControlJson.Default.DecisionInput), ControlJson.Default.ApprovalView, cancellationToken),
            PrintState);

    private static Command Approvers() =>
        new Command("approvers", "Show how approvers decide: how many, how fast, and how many without reading.") { Since }.Asks(
            ControlJson.Default.ApproverList,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Get, "/control/v1/approvers" + (parsed.GetValue(Since) is { } since ? "?since=" + Uri.EscapeDataString(since.ToString("O", CultureInfo.InvariantCulture)) : ""), null,
                ControlJson.Default.ApproverList, cancellationToken),
            static (list, printer) => printer.Table(
                ["user", "approved", "denied", "median seconds", "hasty"],
                list.Approvers.Select(one => new[]
                {
                    one.Name, Printer.Number(one.Approved), Printer.Number(one.Denied), one.MedianSeconds.ToString(CultureInfo.InvariantCulture), one.HastyShare.ToString("P0", CultureInfo.InvariantCulture),
                })));

    private static string PathOf(ParseResult parsed, string verb) => $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Approval))}{(verb.Length == 0 ? "" : "/" + verb)}";

    private static string QueryOf(ParseResult parsed)
    {
        var state = parsed.GetValue(State) ?? "pending";
        var filters = new (string Name, string? Value)[]
        {
            ("limit", Printer.Number(parsed.GetValue(Limit))), ("state", state == "all" ? null : state), ("user", parsed.GetValue(User)), ("before", parsed.GetValue(Before)),
        };
        return $"{Path}?" + string.Join('&', filters.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}")); // filtered just now
    }

    private static void PrintState(ApprovalView view, Printer printer)
    {
        var missing = view.Chain.Steps.FirstOrDefault(step => step.Waiting) is { } step ? $" {step.Min - step.Votes} more of {step.AnyOf}" : "";
        printer.Line($"{view.Id} is {view.State}{(missing.Length > 0 ? "; it waits for" + missing : "")}.");
    }

    private static void Print(ApprovalView view, Printer printer)
    {
        var subject = view.Subject;
        var facts = new (string Name, string? Value)[]
        {
            ("approval", view.Id), ("state", view.State), ("asked by", view.Requester), ("at", Printer.Time(view.CreatedAt)), ("until", Printer.Time(view.ExpiresAt)),
            ("rule", subject.Rule), ("because", subject.Because), ("agent", subject.Agent), ("tool", $"{subject.Tool} ({subject.ToolClass})"),
            ("command", subject.Command), ("in", subject.Cwd), ("arguments", subject.Arguments), ("runs", string.Join(" | ", subject.Argv.Select(words => string.Join(' ', words)))),
            ("cannot be read", subject.Opaque ? "yes: what it runs is not known" : null), ("writes to", string.Join(", ", subject.WritesTo)), ("hosts", string.Join(", ", subject.Hosts)),
            ("task", subject.Task), ("session", subject.Session), ("mode", subject.Mode), ("repository", subject.Repository), ("model", subject.Model), ("digest", view.Digest), ("release", subject.Release),
            (view.Granted ? "granted" : "may be granted", view.Offer is { } offer ? $"{offer.MaxUses} uses of '{string.Join(' ', offer.ArgvPrefix)} …' in this task for {TimeSpan.FromSeconds(offer.TtlSeconds).TotalMinutes:0} minutes" : null),
            ("used", view.State is "approved" or "consumed" ? $"{view.Uses} of {view.MaxUses}" : null), ("decided by", view.DecidedBy), ("reason", view.Reason),
            ("you cannot", view.State == "pending" ? view.Obstacle : null), ("consider", view.Suggestion?.Text), ("to match", view.Suggestion?.Commands),
        };
        printer.Table(["what", "value"], facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => new[] { fact.Name, fact.Value! })); // filtered just now
        printer.Line("");
        printer.Table(
            ["step", "who", "votes", "state"],
            view.Chain.Steps.Select((step, index) => new[] { Printer.Number(index + 1), step.AnyOf, $"{step.Votes}/{step.Min}", step.Waiting ? step.Escalated ? $"waiting, also for {step.EscalateTo}" : "waiting" : "" }));
        foreach (var vote in view.Votes)
        {
            printer.Line($"{Printer.Time(vote.At)} {vote.By}: {(vote.Approve ? "yes" : "no")}{(vote.Grants ? " (grant)" : "")}{(vote.Reason is null ? "" : ": " + vote.Reason)}");
        }
    }

    private static string Short(string? text) => text is { Length: > 60 } ? text[..59] + "…" : text ?? "";
}
