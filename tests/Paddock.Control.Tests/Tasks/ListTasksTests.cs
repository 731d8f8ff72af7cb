using Paddock.Control.Identity;
using Paddock.Control.Tasks;
using Paddock.Core.Identity;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Tasks;

/// <summary>Tasks, as they are listed.</summary>
public class ListTasksTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_is_shown_with_whose_it_is_where_it_stands_and_what_it_cost()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        var work = control.WorkOf(ada).Turn(costNanoUsd: 250_000_000);
        work.Tool(result: Core.Tools.ToolResult.Success);
        work.Turn(costNanoUsd: 50_000_000);
        await control.FoldAsync();

        var task = (await ListAsync(control, new())).Tasks.ShouldHaveSingleItem();

        (task.Id, task.Session, task.User, task.Agent, task.Mode, task.Repository, task.Model, task.Provider).ShouldBe((work.Task, "s1", "ada", "codex", "code", "git.example/shop", "gpt-test", "main"));
        (task.State, task.Source, task.Turns, task.ToolCalls, task.CostUsd, task.WholeUsd, task.CostReported).ShouldBe(("claimed_complete", "agent_claim", 2, 1, 0.3m, 0.3m, false));
        (task.StartedAt, task.CycleSeconds).ShouldBe((Noon, 3));
    }

    [Fact]
    public async Task They_are_found_by_what_is_known_of_them_and_subtasks_by_their_parent()
    {
        await using var control = await StartAsync();
        await control.Get<CreateUser>().RunAsync(Admin, new() { Name = "bob", Teams = ["web"] }, Cancellation);
        var (ada, bob) = (await control.SignedInAsync("ada"), await control.SignedInAsync("bob"));
        var first = control.WorkOf(ada, "s1").Turn();
        var second = control.WorkOf(bob, "s2", Noon.AddMinutes(1), mode: "ask").Turn(error: "timeout");
        var child = control.WorkOf(ada, "s3", Noon.AddMinutes(2), parent: "s1").Turn();
        await control.FoldAsync();

        await FindsAsync(new(), second.Task, first.Task);
        await FindsAsync(new() { State = "claimed_complete" }, first.Task);
        await FindsAsync(new() { Mode = "ask" }, second.Task);
        await FindsAsync(new() { User = "bob" }, second.Task);
        await FindsAsync(new() { Team = "web" }, second.Task);
        await FindsAsync(new() { Agent = "codex", Model = "gpt-test", Repository = "git.example/shop", Release = "sha256:" + new string('a', 64) }, second.Task, first.Task);
        await FindsAsync(new() { Agent = "cline" });
        await FindsAsync(new() { Since = Noon.AddMinutes(1) }, second.Task);
        await FindsAsync(new() { Search = "s3" }, child.Task);
        await FindsAsync(new() { Parent = first.Task }, child.Task);

        async Task FindsAsync(TaskFilter filter, params string[] ids) => (await ListAsync(control, filter)).Tasks.Select(static one => one.Id).ShouldBe(ids, filter.ToString());
    }

    [Fact]
    public async Task Page_by_page_they_are_the_same_as_at_once()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        for (var i = 0; i < 7; i++)
        {
            control.WorkOf(ada, $"s{i}", Noon.AddMinutes(i / 3)).Turn(); // some at the same moment
        }

        await control.FoldAsync();
        var (paged, next) = (new List<string>(), default(string));
        do
        {
            var page = await ListAsync(control, new() { Limit = 2, Before = next });
            paged.AddRange(page.Tasks.Select(static one => one.Id));
            next = page.Next;
            paged.Count.ShouldBeLessThanOrEqualTo(7); // else it would go round for ever
        }
        while (next is not null);

        paged.Count.ShouldBe(7);
        paged.ShouldBe((await ListAsync(control, new())).Tasks.Select(static one => one.Id));
    }

    [Theory]
    [InlineData("state", "done", null, 100, null)]
    [InlineData("before", null, "yesterday", 100, null)]
    [InlineData("limit", null, null, 1001, null)]
    [InlineData("search", null, null, 100, "a\nb")]
    public async Task What_is_asked_wrongly_is_refused_by_its_name(string field, string? state, string? before, int limit, string? search)
    {
        await using var control = await StartAsync();

        (await control.Get<ListTasks>().RunAsync(Admin, new() { State = state, Before = before, Limit = limit, Search = search }, Cancellation)).ShouldBeInvalid(field);
    }

    [Fact]
    public async Task Ones_own_are_for_everybody_and_others_take_a_role()
    {
        await using var control = await StartAsync();
        var (ada, bob) = (await control.SignedInAsync("ada"), await control.SignedInAsync("bob"));
        var work = control.WorkOf(ada).Turn();
        await control.FoldAsync();

        (await control.Get<ListTasks>().RunAsync(ada, new() { User = "ada" }, Cancellation)).ShouldBeDone().Tasks.ShouldHaveSingleItem().Id.ShouldBe(work.Task);
        (await control.Get<ListTasks>().RunAsync(bob, new() { User = "ada" }, Cancellation)).ShouldBeForbidden(ControlRoles.Viewer);
        (await control.Get<ListTasks>().RunAsync(ada, new(), Cancellation)).ShouldBeForbidden(ControlRoles.Viewer);
        (await control.Get<ListTasks>().RunAsync(Admin, new() { User = "nobody" }, Cancellation)).ShouldBeMissing();
    }

    private static async Task<TaskList> ListAsync(ControlUnderTest control, TaskFilter filter) => (await control.Get<ListTasks>().RunAsync(Admin, filter, Cancellation)).ShouldBeDone();
}
