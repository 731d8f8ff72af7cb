using System.CommandLine;
using Paddock.Control;
using Paddock.Control.Budgets;

namespace Paddock.Commands;

/// <summary><c>paddock budget status</c>.</summary>
internal static class BudgetCommand
{
    public static Command Build() => new("budget", "Spend budgets.")
    {
        new Command("status", "Show what is spent and held, fullest first.").Asks(
            ControlJson.Default.BudgetList,
            static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, "/control/v1/budgets", null, ControlJson.Default.BudgetList, cancellationToken),
            static (list, printer) => printer.Table(
                ["budget", "scope", "subject", "window", "resets", "spent usd", "held usd", "limit usd", "spent tokens", "held tokens", "limit tokens"],
                list.Accounts.Select(Row))),
    };

    private static string[] Row(BudgetView account) =>
    [
        account.Budget, account.Scope, account.Subject, account.Window, Printer.Time(account.ResetAt), Printer.Usd(account.SpentUsd), Printer.Usd(account.HeldUsd), Printer.Usd(account.LimitUsd),
        Printer.Number(account.SpentTokens), Printer.Number(account.HeldTokens), Printer.Number(account.LimitTokens),
    ];
}
