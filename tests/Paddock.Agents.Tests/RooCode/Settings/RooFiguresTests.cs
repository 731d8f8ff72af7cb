using System.Net;
using System.Text.Json;
using Paddock.Core.Budgets;
using Paddock.Core.Identity;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary>What is left to a person, and the bridge that is not there.</summary>
public sealed class RooFiguresTests
{
    private const string Tokens = """
        apiVersion: paddock/v1alpha1
        kind: Budget
        metadata: {name: tokens, owner: tests}
        spec: {scope: user, limit: {tokens: 100}, window: day}
        """;

    [Fact]
    public async Task The_balance_is_what_the_fullest_budget_leaves_to_this_person()
    {
        await using var cloud = await RooCloud.StartAsync();
        var (ada, bob) = (cloud.Key(), cloud.Key("bob"));

        (await BalanceAsync(cloud, ada)).ShouldBe(5m);
        Spend(cloud, ada, 1_234_567_890, 10);
        (await BalanceAsync(cloud, ada)).ShouldBe(3.765m);
        (await BalanceAsync(cloud, bob)).ShouldBe(5m);
        Spend(cloud, ada, 9_000_000_000, 10);
        (await BalanceAsync(cloud, ada)).ShouldBe(0m);
        cloud.Time.Advance(TimeSpan.FromDays(1));
        (await BalanceAsync(cloud, ada)).ShouldBe(5m);
    }

    [Fact]
    public async Task Whom_no_budget_limits_sees_a_number_that_never_runs_out()
    {
        await using var cloud = await RooCloud.StartAsync();

        (await BalanceAsync(cloud, cloud.Key("vic", "visitors"))).ShouldBe(9_999m); // the budget is for developers
    }

    [Fact]
    public async Task A_budget_of_tokens_shows_when_it_is_used_up()
    {
        await using var cloud = await RooCloud.StartAsync(Tokens);
        var key = cloud.Key();

        Spend(cloud, key, 0, 99);
        (await BalanceAsync(cloud, key)).ShouldBe(9_999m);
        Spend(cloud, key, 0, 1);
        (await BalanceAsync(cloud, key)).ShouldBe(0m);
    }

    [Fact]
    public async Task The_bridge_is_answered_in_shape_and_given_no_token()
    {
        await using var cloud = await RooCloud.StartAsync();

        var (status, _, body) = await cloud.CallAsync(HttpMethod.Get, "/roo/api/extension/bridge/config", cloud.Key());

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe(RooSchemas.Bridge);
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("token").GetString().ShouldBeEmpty();
    }

    private static async Task<decimal> BalanceAsync(RooCloud cloud, string key)
    {
        var (status, _, body) = await cloud.CallAsync(HttpMethod.Get, "/roo/api/extension/credit-balance", key);
        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe(RooSchemas.Balance);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("balance").GetDecimal();
    }

    private static void Spend(RooCloud cloud, string key, long nanoUsd, long tokens)
    {
        var caller = ((KeyOutcome.Known)new KeyAuthenticator(cloud.Identities, RooCloud.Pepper).Authenticate(key, cloud.Time.GetUtcNow())).Caller;
        var snapshot = cloud.Snapshots.Current;
        var held = (HoldOutcome.Held)cloud.Budgets.TryHold(snapshot, BudgetSubject.Of(caller, null, snapshot.Profiles.Of(caller.Principal)), new(0, 0), cloud.Time.GetUtcNow());
        held.Hold.Settle(nanoUsd, tokens);
    }
}
