using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Audit.Payloads;

namespace Paddock.Commands;

/// <summary><c>paddock audit redact|shred|keys|retention</c>: takes kept content away for good.</summary>
internal static class AuditEraseCommand
{
    private const string Path = "/control/v1/audit";

    private static readonly Option<string[]> Id = new Option<string[]>("--id") { Description = "Content by its id (pay_…); several apart by spaces." }.TakesSeveral();
    private static readonly Option<string?> Task = new("--task") { Description = "All of a task (task_…)." };
    private static readonly Option<string?> Principal = new("--principal") { Description = "All that came from this user or service account: name or id." };
    private static readonly Option<string?> Class = new("--class") { Description = "All of a class." };
    private static readonly Option<DateTimeOffset?> Before = new("--before") { Description = "All that was kept before this moment (ISO 8601)." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Count only; nothing is taken away." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; the log has it as a commitment.", Required = true };
    private static readonly Argument<string> Key = new("key") { Description = "Id of the data key (dek_…), as 'paddock audit keys' lists it." };

    public static IEnumerable<Command> Build()
    {
        yield return new Command("redact", "Take kept content away for good, with its salt, so that its commitment says nothing any more. Several options narrow it. What a legal hold keeps stays.")
        {
            Id, Task, Principal, Class, Before, DryRun, Reason,
        }.Asks(
            ControlJson.Default.RedactionView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, Path + "/content/redact", JsonContent.Create(InputOf(parsed), ControlJson.Default.RedactInput), ControlJson.Default.RedactionView, cancellationToken),
            static (done, printer) => printer.Line($"{done.Redacted} {(done.IsDryRun ? "would be" : "were")} redacted, {done.Held} {(done.IsDryRun ? "would stay" : "stay")} because of a legal hold."));
        yield return new Command("shred", "Destroy a data key: what it seals can never be read again, in no copy of the database.") { Key, Reason }.Asks(
            ControlJson.Default.ShreddingView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, $"{Path}/keys/{Uri.EscapeDataString(parsed.GetRequiredValue(Key))}/shred",
                JsonContent.Create(new(parsed.GetRequiredValue(Reason)), ControlJson.Default.ShredInput), ControlJson.Default.ShreddingView, cancellationToken),
            Print);
        yield return new Command("retention", "Show what the retention of the release in force would erase now, by class. Erases nothing; the server does, once a day.").Asks(
            ControlJson.Default.RetentionView,
            static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, Path + "/retention", null, ControlJson.Default.RetentionView, cancellationToken),
            static (view, printer) => printer.Table(
                ["class", "keep", "kept", "due", "held"],
                view.Classes.Select(static one => new[] { one.Class, one.KeepDays is null ? "forever" : Printer.Number(one.KeepDays) + "d", Printer.Number(one.Kept), Printer.Number(one.Due), Printer.Number(one.Held) })));
        yield return new Command("keys", "List data keys, and those that were destroyed.").Asks(
            ControlJson.Default.DataKeyList,
            static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, Path + "/keys", null, ControlJson.Default.DataKeyList, cancellationToken),
            static (list, printer) => printer.Table(["key", "class", "month", "state"], list.Keys.Select(static key => new[] { key.Id, key.Class, key.Month, key.Destroyed ? "destroyed" : "in use" })));
    }

    private static RedactInput InputOf(ParseResult parsed) => new()
    {
        Ids = parsed.GetValue(Id) is { Length: > 0 } ids ? ids : null,
        Task = parsed.GetValue(Task),
        Principal = parsed.GetValue(Principal),
        Class = parsed.GetValue(Class),
        Before = parsed.GetValue(Before),
        DryRun = parsed.GetValue(DryRun),
        Reason = parsed.GetRequiredValue(Reason),
    };

    private static void Print(ShreddingView done, Printer printer) => printer.Line(done.State switch
    {
        "done" => $"{done.Key} is destroyed.",
        "done_before" => $"{done.Key} had been destroyed before.",
        _ => $"{done.Key} is given up, and could not be destroyed yet: the server's log says why, and it goes on trying.",
    });
}
