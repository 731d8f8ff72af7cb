using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Paddock.Control;
using Paddock.Control.Audit.Payloads;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Commands;

/// <summary><c>paddock audit content list|show</c>, and <c>--check</c>, which needs no server.</summary>
internal static class AuditContentCommand
{
    private const string Path = "/control/v1/audit/content";

    private static readonly Option<string?> Task = new("--task") { Description = "Only of this task (task_…)." };
    private static readonly Option<string?> Principal = new("--principal") { Description = "Only what came from this user or service account: name or id." };
    private static readonly Option<string?> Class = new("--class") { Description = "Only of this class." };
    private static readonly Option<DateTimeOffset?> KeptBefore = new("--kept-before") { Description = "Only what was kept before this moment (ISO 8601)." };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many, newest first. Default 50.", DefaultValueFactory = static _ => 50 };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };
    private static readonly Argument<string> Id = new("id") { Description = "Id of the content (pay_…), as entries and 'list' name it." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; the log says that you read it.", Required = true };
    private static readonly Option<string?> NamedBy = new("--entry") { Description = "Id of the entry to check it against. Default: the first that names it." };
    private static readonly Option<string?> Out = new("--out") { Description = "File to write the content to, byte for byte. Default: print it." };
    private static readonly Option<string?> Disclose = new("--disclose") { Description = "File to write a disclosure to: content, salt and entry, so that others can check it." };
    private static readonly Option<string?> Check = new("--check") { Description = "Check the disclosure in this file. Needs no server." };
    private static readonly Option<string?> Entry = new("--entry") { Description = "With --check: file with the entry as 'paddock audit prove' proved it. Default: the disclosure's own." };

    public static Command Build()
    {
        var content = new Command("content", "Content that rules asked to keep: list it, read it (the log says so), check what was disclosed.") { Check, Entry };
        content.Add(List());
        content.Add(Show());
        content.Validators.Add(static result =>
        {
            if (result.GetValue(Check) is null)
            {
                result.AddError("Give list or show, or --check and a file.");
            }
        });
        content.Add(ConnectionOptions.Json);
        content.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, () => CheckAsync(parsed, cancellationToken)));
        return content;
    }

    private static Command List() => new Command("list", "List what is kept, without the content, newest first.") { Task, Principal, Class, KeptBefore, Limit, Before }.Asks(
        ControlJson.Default.ContentList,
        static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, QueryOf(parsed), null, ControlJson.Default.ContentList, cancellationToken),
        static (list, printer) => printer.Table(
            ["content", "class", "kept", "from", "task", "bytes", "held", "key"],
            list.Contents.Select(static one => new[] { one.Id, one.Class, Printer.Time(one.KeptAt), one.Principal ?? "", one.Task ?? "", Printer.Number(one.Length), one.Held ? "held" : "", one.Key })));

    private static Command Show() => new Command("show", "Read content. The log has an entry of it before you see anything.") { Id, Reason, NamedBy, Out, Disclose }.Asks(
        ControlJson.Default.ContentReading,
        static async (parsed, connection, cancellationToken) =>
        {
            var input = JsonContent.Create(new ReadContentInput(parsed.GetRequiredValue(Reason), parsed.GetValue(NamedBy)), ControlJson.Default.ReadContentInput);
            var reading = await connection.SendAsync(HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Id))}/read", input, ControlJson.Default.ContentReading, cancellationToken);
            await WriteAsync(parsed, reading, cancellationToken);
            return parsed.GetValue(Out) is null ? reading : reading with { Content = "" };
        },
        static (reading, printer) =>
        {
            if (reading.Content.Length > 0)
            {
                printer.Line(Encoding.UTF8.GetString(Convert.FromBase64String(reading.Content)));
            }

            printer.Aside(reading.Entry is null ? "No entry was found that names it; name one by --entry." : $"It is what its entry commits to, as '{reading.Field}'.");
        });

    private static async Task WriteAsync(ParseResult parsed, ContentReading reading, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Out) is { } file)
        {
            await File.WriteAllBytesAsync(file, Convert.FromBase64String(reading.Content), cancellationToken);
        }

        if (parsed.GetValue(Disclose) is { } disclosure)
        {
            var entry = reading.Entry ?? throw new CommandException("No entry was found that names this content, so there is nothing to prove it by. Name one by --entry.");
            await File.WriteAllTextAsync(disclosure, JsonSerializer.Serialize(new(entry, reading.Content, reading.Salt), CommandJson.Default.DisclosureFile), cancellationToken);
        }
    }

    private static async Task<int> CheckAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(Check)!; // the validator saw to it
        var given = parsed.GetValue(Entry);
        try
        {
            var disclosed = JsonSerializer.Deserialize(await File.ReadAllTextAsync(file, cancellationToken), CommandJson.Default.DisclosureFile) ?? throw new JsonException();
            var (salt, content) = (Convert.FromBase64String(disclosed.Salt), Convert.FromBase64String(disclosed.Payload));
            var entry = given is null ? Encoding.UTF8.GetBytes(disclosed.Entry) : await File.ReadAllBytesAsync(given, cancellationToken);
            var field = Disclosure.FieldOf(entry, salt, content) ?? throw new CommandException("The content is not what the entry commits to.");
            CommandRunner.Print(parsed, new(field, content.Length, given is not null), CommandJson.Default.DisclosureResult, Print);
            return CommandLine.Done;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or ArgumentNullException)
        {
            throw new CommandException($"{file}{(given is null ? "" : $" or {given}")} is not what it should be: a disclosure is JSON with entry, payload and salt.");
        }
    }

    private static void Print(DisclosureResult result, Printer printer)
    {
        printer.Line($"The {result.Length} bytes are what the entry commits to, as '{result.Field}'.");
        if (!result.IsEntryGiven)
        {
            printer.Aside("The entry is the disclosure's own. That it stands in the log is shown by: paddock audit prove --check PROOF --entry FILE --vkey KEY.");
        }
    }

    private static string QueryOf(ParseResult parsed)
    {
        var filters = new (string Name, string? Value)[]
        {
            ("limit", Printer.Number(parsed.GetValue(Limit))), ("before", parsed.GetValue(Before)), ("task", parsed.GetValue(Task)), ("principal", parsed.GetValue(Principal)), ("class", parsed.GetValue(Class)),
            ("keptBefore", parsed.GetValue(KeptBefore)?.ToString("O", CultureInfo.InvariantCulture)),
        };
        return $"{Path}?" + string.Join('&', filters.Where(static filter => filter.Value is not null).Select(static filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}")); // filtered just now
    }
}
