using Microsoft.AspNetCore.Http;
using Paddock.Core.Budgets;
using Paddock.Core.Snapshot;

namespace Paddock.Agents.RooCode.Settings;

/// <summary><c>GET /roo/api/extension/credit-balance</c> and <c>GET /roo/api/extension/bridge/config</c>.</summary>
internal sealed class RooFigures(RooCallers callers, ISnapshots snapshots, BudgetBook budgets, TimeProvider time)
{
    /// <summary>Shown in USD to whom no budget of money limits: the wire has no word for "without end".</summary>
    public const decimal Unlimited = 9_999m;

    private const long NanoPerTenthOfACent = 1_000_000;

    /// <summary>What is left to this person in the fullest of their budgets, in USD. A budget of tokens shows only when it is used up.</summary>
    public async Task WriteBalanceAsync(HttpContext http)
    {
        if (await callers.FindAsync(http) is not { } caller)
        {
            return;
        }

        var snapshot = snapshots.For(caller.Principal.Id.Value, null);
        var accounts = budgets.AccountsOf(snapshot, BudgetSubject.Of(caller, null, snapshot.Profiles.Of(caller.Principal)), time.GetUtcNow());
        var balance = accounts.Select(LeftOf).Append(Unlimited).Min();
        await RooAnswers.WriteAsync(http, StatusCodes.Status200OK, new(balance), RooJson.Default.CreditBalance);
    }

    /// <summary>Extensions before 3.50.1 ask where their bridge is, if a feature of it is on. It never is, and there is none behind the address.</summary>
    public async Task WriteBridgeAsync(HttpContext http)
    {
        if (await callers.FindAsync(http) is { } caller)
        {
            await RooAnswers.WriteAsync(http, StatusCodes.Status200OK, new(caller.Principal.Id.Value, $"{http.Request.Scheme}://{http.Request.Host}/roo/bridge", ""), RooJson.Default.BridgeConfig);
        }
    }

    private static decimal LeftOf(BudgetAccount account)
    {
        if (account.LimitTokens is { } tokens && account.SpentTokens + account.HeldTokens >= tokens)
        {
            return 0;
        }

        return account.LimitNanoUsd is { } limit ? Math.Max(0, limit - account.SpentNanoUsd - account.HeldNanoUsd) / NanoPerTenthOfACent / 1_000m : Unlimited;
    }
}
