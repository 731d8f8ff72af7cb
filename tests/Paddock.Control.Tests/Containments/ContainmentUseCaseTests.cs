using Paddock.Control.Containments;
using Paddock.Core.Containments;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Containments;

public class ContainmentUseCaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_and_a_key_are_found_by_name_and_contained_for_an_hour()
    {
        await using var control = await StartAsync();
        var key = (await control.KeyAsync("laptop", "ada")).Key;

        var made = await ContainAsync(control, new() { User = "ADA", Key = key.Prefix, Reason = "leak" });

        var view = made.ShouldBeDone().Containment;
        (view.State, view.User, view.Key, view.Reason, view.CreatedBy).ShouldBe(("in_force", "ada", key.Prefix, "leak", Admin.Id));
        (view.CreatedAt, view.ExpiresAt).ShouldBe((Noon, Noon.AddHours(1)));
        view.Selects.ShouldBe($"user ada, key {key.Prefix} (laptop)");
        var live = control.Get<IContainments>().Current.All.ShouldHaveSingleItem();
        (live.Selector.User!.Value.Value, live.Selector.Key!.Value.Value).ShouldBe((view.UserId!, key.Id));
    }

    [Fact]
    public async Task Names_that_only_agents_know_are_taken_with_a_hint_and_the_number_of_calls_that_run()
    {
        await using var control = await StartAsync();

        var made = (await ContainAsync(control, new() { Agent = "codex", Model = "gpt-5*", Tool = "github/*", Reason = "r", ForSeconds = 30 * 86_400 })).ShouldBeDone();

        made.Calls.ShouldBe(0);
        made.Hints.Count.ShouldBe(2);
        made.Containment.ExpiresAt.ShouldBe(Noon.AddDays(30));
        (await ContainAsync(control, new() { Model = "gpt-5", Reason = "r" })).ShouldBeDone().Hints.ShouldHaveSingleItem().ShouldContain("No call");
    }

    [Fact]
    public async Task What_would_stop_nothing_or_everything_is_a_mistake_and_nothing_is_done()
    {
        await using var control = await StartAsync();
        await control.KeyAsync("laptop", "ada");
        await control.KeyAsync("desk", "bob");

        (await ContainAsync(control, new() { Reason = "r" })).ShouldBeInvalid("user");
        (await ContainAsync(control, new() { User = "nobody", Reason = "r" })).ShouldBeMissing();
        (await ContainAsync(control, new() { Key = "none", Reason = "r" })).ShouldBeMissing();
        (await ContainAsync(control, new() { Provider = "opnai", Reason = "r" })).ShouldBeMissing();
        (await ContainAsync(control, new() { User = "ada", Key = "desk", Reason = "r" })).ShouldBeInvalid("key");
        (await ContainAsync(control, new() { Model = "gpt-*-mini", Reason = "r" })).ShouldBeInvalid("model");
        (await ContainAsync(control, new() { Tool = "", Reason = "r" })).ShouldBeInvalid("tool");
        (await ContainAsync(control, new() { Agent = "a\nb", Reason = "r" })).ShouldBeInvalid("agent");
        (await ContainAsync(control, new() { User = "ada", Reason = " " })).ShouldBeInvalid("reason");
        (await ContainAsync(control, new() { User = "ada", Reason = "r", ForSeconds = 0 })).ShouldBeInvalid("forSeconds");
        (await ContainAsync(control, new() { User = "ada", Reason = "r", ForSeconds = (30 * 86_400) + 1 })).ShouldBeInvalid("forSeconds");
        control.Get<IContainments>().Current.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_provider_is_one_of_the_release_in_force_and_a_mistyped_one_is_asked_back()
    {
        await using var control = await StartAsync();
        var release = (LoadOutcome.Loaded)ReleaseLoader.Load([new("p.yaml", "apiVersion: paddock/v1alpha1\nkind: Provider\nmetadata: {name: openai, owner: t}\nspec:\n  wires: [openai-chat]\n  baseUrl: https://api.example/v1\n  auth: {scheme: none}\n")]);
        control.Get<ISnapshots>().Publish(SnapshotBuilder.Build(release.Content));

        (await ContainAsync(control, new() { Provider = "opnai", Reason = "r" })).ShouldBeOfType<Outcome<NewContainment>.NotFound>().Message.ShouldContain("'openai'");
        (await ContainAsync(control, new() { Provider = "openai", Reason = "r" })).ShouldBeDone().Hints.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_is_lifted_once_with_a_reason_and_stays_in_the_list()
    {
        await using var control = await StartAsync();
        await control.KeyAsync("laptop", "ada");
        var made = (await ContainAsync(control, new() { User = "ada", Reason = "leak" })).ShouldBeDone().Containment;
        Task<Outcome<ContainmentView>> LiftAsync(string id, string reason) => control.Get<LiftContainment>().RunAsync(Admin, id, new(reason), Cancellation);

        (await LiftAsync(made.Id, "")).ShouldBeInvalid("reason");
        (await LiftAsync("con_1", "found")).ShouldBeMissing();
        control.Time.Advance(TimeSpan.FromMinutes(3));
        var lifted = (await LiftAsync(made.Id, "found")).ShouldBeDone();
        (await LiftAsync(made.Id, "again")).ShouldBeConflict();

        (lifted.State, lifted.LiftedBy, lifted.LiftedAt, lifted.LiftReason).ShouldBe(("lifted", Admin.Id, Noon.AddMinutes(3), "found"));
        control.Get<IContainments>().Current.IsEmpty.ShouldBeTrue();
        (await ListAsync(control, new())).Containments.ShouldHaveSingleItem().ShouldBe(lifted);
        (await ListAsync(control, new() { State = ContainmentState.InForce })).Containments.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_whose_time_is_over_cannot_be_lifted()
    {
        await using var control = await StartAsync();
        var made = (await ContainAsync(control, new() { Tool = "bash", Reason = "r", ForSeconds = 60 })).ShouldBeDone().Containment;
        control.Time.Advance(TimeSpan.FromMinutes(1));

        (await control.Get<LiftContainment>().RunAsync(Admin, made.Id, new("late"), Cancellation)).ShouldBeConflict();
        (await ListAsync(control, new())).Containments.ShouldHaveSingleItem().State.ShouldBe("expired");
    }

    [Fact]
    public async Task A_list_comes_a_page_at_a_time()
    {
        await using var control = await StartAsync();
        foreach (var agent in new[] { "a", "b", "c" })
        {
            (await ContainAsync(control, new() { Agent = agent, Reason = "r" })).ShouldBeDone();
            control.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await ListAsync(control, new() { Limit = 2 });
        var second = await ListAsync(control, new() { Limit = 2, Before = ContainmentId.Parse(first.Next.ShouldNotBeNull()) });

        first.Containments.Select(one => one.Agent).ShouldBe(["c", "b"]);
        (second.Containments.ShouldHaveSingleItem().Agent, second.Next).ShouldBe(("a", null));
        (await control.Get<ListContainments>().RunAsync(Admin, new() { Limit = 201 }, Cancellation)).ShouldBeInvalid("limit");
    }

    private static Task<Outcome<NewContainment>> ContainAsync(ControlUnderTest control, ContainInput input) => control.Get<Contain>().RunAsync(Admin, input, Cancellation);

    private static async Task<ContainmentList> ListAsync(ControlUnderTest control, ContainmentQuery query) => (await control.Get<ListContainments>().RunAsync(Admin, query, Cancellation)).ShouldBeDone();
}
