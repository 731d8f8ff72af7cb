using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Incidents;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary><c>paddock incidents list|show|open|on-call</c>, and one command for each thing that is done with an incident.</summary>
internal static class IncidentsCommand
{
    public const string Path = "/control/v1/incidents";

    public static readonly Argument<string> Id = new("incident") { Description = "Incident id (inc_…)." };

    private static readonly Option<bool> All = new("--all") { Description = "Those that are over, too." };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many, newest first. Default 50.", DefaultValueFactory = static _ => 50 };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };
    private static readonly Option<string> Title = new("--title") { Description = "What is wrong, in a line.", Required = true };
    private static readonly Option<string> Severity = new("--severity") { Description = "sev1 (everybody is stopped, or something leaks) to sev4 (a nuisance).", Required = true };
    private static readonly Option<string?> Eta = new Option<string?>("--eta") { Description = "By when it is mitigated, from now on, such as 45m or 2h; 30d at most.", Required = true }.TakesLifetime();
    private static readonly Option<string?> Owner = new("--owner") { Description = "The person who answers for it. Default: whoever is on call, else you." };
    private static readonly Option<string[]> Scope = new Option<string[]>("--scope") { Description = "What is affected, in words; may be said again." }.TakesSeveral();
    private static readonly Option<string?> Notice = new("--notice") { Description = "A line that developers are shown in their agents while it is open." };
    private static readonly Option<string?> Text = new("--text") { Description = "Why, or what there is to say; stands in the timeline.", Required = true };
    private static readonly Option<string> NewOwner = new("--owner") { Description = "The person who answers for it from now on.", Required = true };
    private static readonly Option<string?> NewNotice = new("--text") { Description = "The line; without it there is none any more." };
    private static readonly Option<string> Alert = new("--alert") { Description = "Alert id (alr_…).", Required = true };
    private static readonly Option<string> Release = new("--release") { Description = "Digest of a release, or the beginning of it.", Required = true };
    private static readonly Option<string?> User = new("--user") { Description = "The person who is on call from now on; without it, who is is shown." };
    private static readonly Option<string?> For = new Option<string?>("--for") { Description = "For how long, such as 12h or 7d. Default: until somebody else is." }.TakesLifetime();

    public static Command Build() => new("incidents", "What is wrong, who puts it right and by when; from alert to postmortem.")
    {
        List(), Show(), Open(), OnCall(), IncidentPostmortemCommand.Build(),
        Change("ack", "Say that you know of it.", [], static (_, input) => input),
        Change("assign", "Give it to somebody else.", [NewOwner], static (parsed, input) => input with { Owner = parsed.GetRequiredValue(NewOwner) }),
        Change("eta", "Say by when it is mitigated, and why.", [Eta, Text], static (parsed, input) => input with { EtaSeconds = Seconds(parsed.GetValue(Eta)), Text = parsed.GetValue(Text) }),
        Change("severity", "Say how much it matters, and why.", [Severity, Text], static (parsed, input) => input with { Severity = parsed.GetRequiredValue(Severity), Text = parsed.GetValue(Text) }),
        Change("update", "Tell those who wait for it how it stands.", [Text], Said),
        Change("mitigate", "Say that it hurts nobody any more.", [Text], Said),
        Change("resolve", "Say that its cause is gone.", [Text], Said),
        Change("reopen", "Open it again: it hurts after it was mitigated, or within 30 minutes of its end.", [Text], Said),
        Change("close", "Close it: of sev1 and sev2 with an approved postmortem, and a test that failed before and passes after.", [Text], Said),
        Change("alert", "Link an alert to it.", [Alert], static (parsed, input) => input with { Alert = parsed.GetRequiredValue(Alert) }),
        Change("release", "Link a release to it.", [Release], static (parsed, input) => input with { Release = parsed.GetRequiredValue(Release) }),
        Change("notice", "Show developers a line in their agents while it is open, or no more.", [NewNotice], static (parsed, input) => input with { Text = parsed.GetValue(NewNotice) }),
    };

    public static string PathOf(ParseResult parsed, string rest = "") => $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Id))}{rest}";

    public static void Print(IncidentView one, Printer printer) =>
        printer.Line($"{one.Id} is {one.Status}, {one.Severity}; {one.Owner} owns it{(one.Status is "triggered" or "acknowledged" ? $", to be mitigated by {Printer.Time(one.Eta)}{(one.Overdue ? " (overdue)" : "")}" : "")}.");

    private static Command List() => new Command("list", "List incidents that are open, newest first.") { All, Limit, Before }.Asks(
        ControlJson.Default.IncidentList,
        static (parsed, connection, cancellationToken) => connection.SendAsync(
            HttpMethod.Get, $"{Path}?limit={Printer.Number(parsed.GetValue(Limit))}{(parsed.GetValue(All) ? "" : "&open=true")}{(parsed.GetValue(Before) is { } before ? "&before=" + Uri.EscapeDataString(before) : "")}", null,
            ControlJson.Default.IncidentList, cancellationToken),
        static (list, printer) =>
        {
            if (list.Incidents.Count == 0)
            {
                printer.Line("No incident.");
                return;
            }

            printer.Table(
                ["incident", "severity", "status", "owner", "eta", "late", "title"],
                list.Incidents.Select(static one => new[] { one.Id, one.Severity, one.Status, one.Owner, Printer.Time(one.Eta), Late(one), one.Title }));
            if (list.Next is { } next)
            {
                printer.Aside($"More: --before {next}");
            }
        });

    private static string Late(IncidentView one) => string.Join(", ", new[] { one.Overdue ? "eta" : null, one.UpdateOverdue ? "update" : null }.Where(static late => late is not null));

    private static Command Show() => new Command("show", "Show an incident, its timeline, and what is missing to close it.") { Id }.Asks(
        ControlJson.Default.IncidentDetails,
        static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, PathOf(parsed), null, ControlJson.Default.IncidentDetails, cancellationToken),
        static (details, printer) =>
        {
            printer.Line(details.Incident.Title);
            Print(details.Incident, printer);
            foreach (var (name, values) in new[] { ("Affected", details.Incident.Scopes), ("Alerts", details.Incident.Alerts), ("Releases", details.Incident.Releases) }.Where(static one => one.Item2.Count > 0))
            {
                printer.Line($"{name}: {string.Join(", ", values)}");
            }

            printer.Table(["at", "by", "what", "text"], details.Timeline.Select(static one => new[] { Printer.Time(one.At), one.By, one.Kind, one.Text }));
            if (details.Missing.Count > 0)
            {
                printer.Line($"Missing to close it: {string.Join(' ', details.Missing)}");
            }
        });

    private static Command Open() => new Command("open", "Open an incident.") { Title, Severity, Eta, Owner, Scope, Notice }.Asks(
        ControlJson.Default.IncidentView,
        static (parsed, connection, cancellationToken) => connection.SendAsync(
            HttpMethod.Post, Path,
            JsonContent.Create(
                new OpenIncidentInput
                {
                    Title = parsed.GetRequiredValue(Title),
                    Severity = parsed.GetRequiredValue(Severity),
                    EtaSeconds = Seconds(parsed.GetValue(Eta)) ?? 0,
                    Owner = parsed.GetValue(Owner),
                    Scopes = [.. parsed.GetValue(Scope) ?? []],
                    Notice = parsed.GetValue(Notice),
                },
                ControlJson.Default.OpenIncidentInput),
            ControlJson.Default.IncidentView, cancellationToken),
        Print);

    private static Command OnCall() => new Command("on-call", "Show, or say, whom incidents are given to when nobody else is named.") { User, For }.Asks(
        ControlJson.Default.OnCallView,
        static (parsed, connection, cancellationToken) => parsed.GetValue(User) is { } user
            ? connection.SendAsync(HttpMethod.Put, $"{Path}/on-call", JsonContent.Create(new OnCallInput(user, Seconds(parsed.GetValue(For))), ControlJson.Default.OnCallInput), ControlJson.Default.OnCallView, cancellationToken)
            : connection.SendAsync(HttpMethod.Get, $"{Path}/on-call", null, ControlJson.Default.OnCallView, cancellationToken),
        static (one, printer) => printer.Line(one.User is null ? "Nobody is on call." : $"{one.User} is on call since {Printer.Time(one.Since)}{(one.Until is { } until ? $" until {Printer.Time(until)}" : "")}."));

    private static Command Change(string verb, string description, Option[] options, Func<ParseResult, IncidentChangeInput, IncidentChangeInput> input)
    {
        var command = new Command(verb, description) { Id };
        foreach (var option in options)
        {
            command.Add(option);
        }

        return command.Asks(
            ControlJson.Default.IncidentView,
            (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, PathOf(parsed), JsonContent.Create(input(parsed, new() { Do = verb }), ControlJson.Default.IncidentChangeInput), ControlJson.Default.IncidentView, cancellationToken),
            Print);
    }

    private static IncidentChangeInput Said(ParseResult parsed, IncidentChangeInput input) => input with { Text = parsed.GetValue(Text) };

    private static long? Seconds(string? text) => text is not null && Lifetime.TryParse(text, out var time) ? (long)time.TotalSeconds : null;
}
