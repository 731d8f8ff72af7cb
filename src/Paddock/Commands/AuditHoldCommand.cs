using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Audit.Payloads;

namespace Paddock.Commands;

/// <summary><c>paddock audit hold add|end|list</c>: what must be kept, whatever anybody asks.</summary>
internal static class AuditHoldCommand
{
    private const string Path = "/control/v1/audit/holds";

    private static readonly Option<string?> Task = new("--task") { Description = "A task (task_…)." };
    private static readonly Option<string?> Principal = new("--principal") { Description = "A user or service account: name or id." };
    private static readonly Option<string?> Class = new("--class") { Description = "A class." };
    private static readonly Option<bool> Everything = new("--everything") { Description = "All there is." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; kept with the hold.", Required = true };
    private static readonly Argument<string> Id = new("hold") { Description = "Id of the hold (hold_…)." };

    public static Command Build()
    {
        var hold = new Command("hold", "Legal holds: while one stands, nothing under it is erased.");
        hold.Add(new Command("add", "Lay a hold on one of a task, a user, a class, or everything.") { Task, Principal, Class, Everything, Reason }.Asks(
            ControlJson.Default.HoldView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, Path, JsonContent.Create(InputOf(parsed), ControlJson.Default.HoldInput), ControlJson.Default.HoldView, cancellationToken),
            static (made, printer) => printer.Line($"{made.Id} holds {What(made)}.")));
        hold.Add(new Command("end", "End a hold. What its retention should have taken goes with the next look.") { Id, Reason }.Asks(
            ControlJson.Default.HoldView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Id))}/end",
                JsonContent.Create(new(parsed.GetRequiredValue(Reason)), ControlJson.Default.EndHoldInput), ControlJson.Default.HoldView, cancellationToken),
            static (ended, printer) => printer.Line($"{ended.Id} is ended: {What(ended)} may be erased, unless another hold stands.")));
        hold.Add(new Command("list", "List holds, also those that have ended.").Asks(
            ControlJson.Default.HoldList,
            static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, Path, null, ControlJson.Default.HoldList, cancellationToken),
            static (list, printer) => printer.Table(
                ["hold", "on", "by", "at", "reason", "ended", "by", "because"],
                list.Holds.Select(static one => new[]
                {
                    one.Id, What(one), one.CreatedBy, Printer.Time(one.CreatedAt), one.Reason, one.EndedAt is null ? "" : Printer.Time(one.EndedAt), one.EndedBy ?? "", one.EndReason ?? "",
                }))));
        return hold;
    }

    private static string What(HoldView hold) => hold.Subject is null ? hold.On : $"{hold.On} {hold.Subject}";

    private static HoldInput InputOf(ParseResult parsed) => new()
    {
        Task = parsed.GetValue(Task),
        Principal = parsed.GetValue(Principal),
        Class = parsed.GetValue(Class),
        Everything = parsed.GetValue(Everything),
        Reason = parsed.GetRequiredValue(Reason),
    };
}
