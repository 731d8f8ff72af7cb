using System.CommandLine;
using Paddock.Control;
using Paddock.Control.Agents;

namespace Paddock.Commands;

/// <summary><c>paddock clients</c>.</summary>
internal static class ClientsCommand
{
    private static readonly Option<bool> Stale = new("--stale") { Description = "Only those that go on without asking for their settings." };
    private static readonly Option<string?> User = new("--user") { Description = "Only clients of this user." };
    private static readonly Option<string?> Agent = new("--agent") { Description = "Only clients of this agent." };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many, those seen last first. Default 100.", DefaultValueFactory = static _ => 100 };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };

    public static Command Build() =>
        new Command("clients", "The clients that were seen: which agents call, whose, and how old their settings are.") { Stale, User, Agent, Limit, Before }.Asks(
            ControlJson.Default.ClientList,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, PathOf(parsed), null, ControlJson.Default.ClientList, cancellationToken),
            static (list, printer) =>
            {
                printer.Table(["user", "agent", "version", "shows", "kind", "device", "first seen", "last seen", "last refresh", "state"], list.Clients.Select(Row));
                if (list.Next is { } next)
                {
                    printer.Aside($"There are more: --before {next}");
                }
            });

    private static string[] Row(ClientView client) =>
    [
        client.User, client.Agent, client.AgentVersion ?? "", client.Name, client.Kind, client.Device ?? "", Printer.Time(client.FirstSeenAt), Printer.Time(client.LastSeenAt), Printer.Time(client.RefreshedAt),
        client.Refused ? $"{client.Standing}, refused" : client.Standing,
    ];

    private static string PathOf(ParseResult parsed)
    {
        var filters = new (string Name, string? Value)[]
        {
            ("limit", Printer.Number(parsed.GetValue(Limit))), ("before", parsed.GetValue(Before)), ("user", parsed.GetValue(User)), ("agent", parsed.GetValue(Agent)), ("stale", parsed.GetValue(Stale) ? "true" : null),
        };
        return "/control/v1/clients?" + string.Join('&', filters.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}")); // filtered just now
    }
}
