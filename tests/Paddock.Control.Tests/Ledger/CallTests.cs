using Paddock.Control.Ledger;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Ledger;

public class CallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_are_listed_newest_first_with_the_names_people_know_them_by()
    {
        await using var control = await StartAsync();
        var caller = await CallerAsync(control);
        var first = Record(control, caller, agent: "codex");
        var second = Record(control, caller, agent: "cline", close: false);

        var list = (await control.Get<ListCalls>().RunAsync(Admin, new(), Cancellation)).ShouldBeDone();

        list.Calls.Select(call => call.Id).ShouldBe([second.ToString(), first.ToString()]);
        list.Calls.ShouldAllBe(call => call.User == "ada" && call.Key == "laptop");
        list.Calls.Select(call => call.Outcome).ShouldBe(["running", "complete"]);
        list.Calls.Select(call => call.CostUsd).ShouldBe([null, 0.000001234m]);
        list.Next.ShouldBeNull();
    }

    [Fact]
    public async Task A_list_goes_on_where_its_page_ended()
    {
        await using var control = await StartAsync();
        var caller = await CallerAsync(control);
        var made = Enumerable.Range(0, 5).Select(_ => Record(control, caller).ToString()).Reverse().ToArray();

        var seen = new List<string>();
        CallId? before = null;
        do
        {
            var page = (await control.Get<ListCalls>().RunAsync(Admin, new() { Limit = 2, Before = before }, Cancellation)).ShouldBeDone();
            seen.AddRange(page.Calls.Select(call => call.Id));
            before = page.Next is not null && CallId.TryParse(page.Next, out var next) ? next : null;
        }
        while (before is not null);

        seen.ShouldBe(made);
    }

    [Fact]
    public async Task Calls_are_found_by_user_and_key_as_people_name_them()
    {
        await using var control = await StartAsync();
        var ada = await CallerAsync(control);
        var bob = await CallerAsync(control, "desktop", "bob");
        var hers = Record(control, ada).ToString();
        var his = Record(control, bob).ToString();

        async Task<string[]> IdsAsync(CallQuery query) => [.. (await control.Get<ListCalls>().RunAsync(Admin, query, Cancellation)).ShouldBeDone().Calls.Select(call => call.Id)];

        (await IdsAsync(new() { Principal = "ADA" })).ShouldBe([hers]);
        (await IdsAsync(new() { Key = "desktop" })).ShouldBe([his]);
        (await IdsAsync(new() { Key = ada.Key.Prefix })).ShouldBe([hers]);
        (await IdsAsync(new() { Principal = "nobody" })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_is_bounded(int limit)
    {
        await using var control = await StartAsync();

        (await control.Get<ListCalls>().RunAsync(Admin, new() { Limit = limit }, Cancellation)).ShouldBeInvalid("limit");
    }

    [Fact]
    public async Task One_call_is_shown_with_its_attempts()
    {
        await using var control = await StartAsync();
        var id = Record(control, await CallerAsync(control)).ToString();

        var shown = (await control.Get<ShowCall>().RunAsync(Admin, id, Cancellation)).ShouldBeDone();

        shown.Attempts.Select(attempt => (attempt.Provider, attempt.ErrorClass)).ShouldBe([("first", "connect"), ("second", null)]);
        shown.Tokens.ShouldBe(new(10, 5, 1, 2, 15, 4));
        (await control.Get<ShowCall>().RunAsync(Admin, "call_1", Cancellation)).ShouldBeInvalid("id");
        (await control.Get<ShowCall>().RunAsync(Admin, CallId.Create(Noon).ToString(), Cancellation)).ShouldBeMissing();
    }

    private static async Task<Caller> CallerAsync(ControlUnderTest control, string key = "laptop", string user = "ada") =>
        control.Present((await control.KeyAsync(key, user)).Token).ShouldBeOfType<KeyOutcome.Known>().Caller;

    private static CallId Record(ControlUnderTest control, Caller caller, string agent = "codex", bool close = true)
    {
        control.Time.Advance(TimeSpan.FromSeconds(1));
        var now = control.Time.GetUtcNow();
        var opening = new CallOpening
        {
            Id = CallId.Create(now),
            At = now,
            Principal = caller.Principal.Id.Value,
            Key = caller.Key.Id.Value,
            Agent = agent,
            Wire = Wire.OpenAiChat,
            Path = "/v1/chat/completions",
            ModelAsked = "m",
            ReleaseDigest = "sha256:" + new string('a', 64),
        };
        control.Get<ILedger>().Open(opening);
        if (close)
        {
            control.Get<ILedger>().Close(new()
            {
                Id = opening.Id,
                At = now,
                Outcome = CallOutcome.Complete,
                Status = 200,
                CostNanoUsd = 1234,
                Provider = "second",
                Usage = new() { Input = 10, CacheRead = 5, CacheWrite5m = 1, CacheWrite1h = 2, Output = 15, Reasoning = 4 },
                Attempts = [new(1, "first", "m", now, TimeSpan.Zero, 0, "connect", null), new(2, "second", "m", now, TimeSpan.Zero, 200, null, "req_2")],
            });
        }

        return opening.Id;
    }
}
