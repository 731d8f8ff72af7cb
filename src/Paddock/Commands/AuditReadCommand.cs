using System.CommandLine;
using System.Globalization;
using Paddock.Control;
using Paddock.Control.Audit;

namespace Paddock.Commands;

/// <summary><c>paddock audit tail|show|status|size</c>: what stands in the audit log, and how it stands.</summary>
internal static class AuditReadCommand
{
    private const string Path = "/control/v1/audit";

    /// <summary>Bytes that hashes take for each entry: 32 in the lowest tiles, and a 256th of that in each level above.</summary>
    private const double HashBytes = 32 * 256d / 255;

    private static readonly Option<int> Limit = new("--limit") { Description = "How many, newest first. Default 20.", DefaultValueFactory = static _ => 20 };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };
    private static readonly Option<string?> Act = new("--act") { Description = "Only of this act, such as tool.intent or key.created." };
    private static readonly Option<string?> Ref = new("--ref") { Description = "Only about this: a decision, key, approval, … by its id." };
    private static readonly Option<DateTimeOffset?> Since = new("--since") { Description = "Only since this moment (ISO 8601)." };
    private static readonly Argument<string> About = new("id") { Description = "Id of an entry, or of what entries are about (dec_…, key_…, …)." };

    public static IEnumerable<Command> Build()
    {
        yield return new Command("tail", "List entries, newest first.") { Limit, Before, Act, Ref, Since }.Asks(
            ControlJson.Default.EntryList,
            TailAsync,
            static (list, printer) => printer.Table(
                ["at", "act", "about", "place", "entry"],
                list.Entries.Select(static entry => new[] { Printer.Time(entry.At), entry.Act, entry.Ref ?? "", entry.Index is null ? "waiting" : Printer.Number(entry.Index), entry.Id })));
        yield return new Command("show", "Print entries as they are hashed, one a line.") { About }.Asks(
            ControlJson.Default.EntryList,
            static (parsed, connection, cancellationToken) =>
                connection.SendAsync(HttpMethod.Get, $"{Path}/entries/{Uri.EscapeDataString(parsed.GetRequiredValue(About))}", null, ControlJson.Default.EntryList, cancellationToken),
            static (list, printer) =>
            {
                foreach (var entry in list.Entries)
                {
                    printer.Line(entry.Entry);
                }
            });
        yield return Log("status", "Show how the log stands: its newest log checkpoint, and what waits for it.", Status);
        yield return Log("size", "Show how much there is, and what it takes.", Size);
    }

    /// <summary>Asks on while pages are not full: the server looks through some thousand entries at a time.</summary>
    private static async Task<EntryList> TailAsync(ParseResult parsed, ControlConnection connection, CancellationToken cancellationToken)
    {
        var (found, before) = (new List<EntryView>(), parsed.GetValue(Before));
        while (true)
        {
            var page = await connection.SendAsync(HttpMethod.Get, QueryOf(parsed, parsed.GetValue(Limit) - found.Count, before), null, ControlJson.Default.EntryList, cancellationToken);
            found.AddRange(page.Entries);
            if (page.Next is null || found.Count >= parsed.GetValue(Limit))
            {
                return new(found, page.Next);
            }

            before = page.Next;
        }
    }

    private static Command Log(string name, string description, Action<LogView, Printer> print) => new Command(name, description).Asks(
        ControlJson.Default.LogView, static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, $"{Path}/status", null, ControlJson.Default.LogView, cancellationToken), print);

    private static void Status(LogView log, Printer printer)
    {
        var rows = new (string Name, string? Value)[]
        {
            ("state", log.State), ("problem", log.Problem), ("log", log.Origin), ("key", log.Vkey), ("shard", log.Shard is null ? null : Printer.Number(log.Shard)), ("entries", Printer.Number(log.Size)), ("root", log.Root),
            ("signed", log.SignedAt is null ? null : Printer.Time(log.SignedAt)), ("waiting", Printer.Number(log.Waiting)), ("oldest waiting", log.OldestWaiting is null ? null : Printer.Time(log.OldestWaiting)),
            ("kept outside", log.KeptOutside is null ? "never" : Printer.Time(log.KeptOutside)),
        };
        printer.Table(["what", "value"], rows.Where(static row => row.Value is not null).Select(static row => new[] { row.Name, row.Value! })); // filtered just now
        if (log.Witnesses.Count > 0)
        {
            printer.Table(
                ["witness", "at", "entries", "signed", "problem"],
                log.Witnesses.Select(static witness => new[] { witness.Name, witness.Host, Printer.Number(witness.Size), Printer.Time(witness.SignedAt), witness.Problem ?? "" }));
        }
    }

    private static void Size(LogView log, Printer printer) => printer.Table(
        ["what", "value"],
        [
            ["entries", Printer.Number(log.Size)],
            ["waiting", Printer.Number(log.Waiting)],
            ["bytes per entry", Printer.Number(log.EntryBytes)],
            ["bytes of entries", Printer.Number(log.Size * (log.EntryBytes ?? 0))],
            ["bytes of hashes", ((long)(log.Size * HashBytes)).ToString(CultureInfo.InvariantCulture)],
        ]);

    private static string QueryOf(ParseResult parsed, int limit, string? before)
    {
        var filters = new (string Name, string? Value)[]
        {
            ("limit", Printer.Number(limit)), ("before", before), ("act", parsed.GetValue(Act)), ("ref", parsed.GetValue(Ref)),
            ("since", parsed.GetValue(Since)?.ToString("O", CultureInfo.InvariantCulture)),
        };
        return $"{Path}/entries?" + string.Join('&', filters.Where(static filter => filter.Value is not null).Select(static filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}")); // filtered just now
    }
}
