using System.Text;
using Paddock.Core.Ledger;
using Paddock.Core.Tasks;
using Paddock.Store.Policies;
using Paddock.Store.Tests.Identity;
using Paddock.Testing;

namespace Paddock.Store.Tests.Tasks;

/// <summary>What IAgentEvents promises, on both databases.</summary>
public class AgentEventTests
{
    private const string Native = "019a209e-6456-7bf1-bb1a-ec7c0feb806a";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task What_was_kept_is_read_back_in_the_order_it_came_page_by_page(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var message = Message(1_761_000_000_000, "ask", "tool") with { Mode = "code", ParentTask = "parent", Facts = """{"appVersion":"3.52.1","todos":{"total":1}}""" };
        var events = store.Get<IAgentEvents>();

        (await events.AppendAsync([Other("Task Created"), message, Other("Tool Used")], Cancellation)).ShouldBe(3);

        var read = await events.ListAsync(TaskOf("usr_1"), 0, 2, Cancellation);
        read.Select(static one => one.Type).ShouldBe(["Task Created", "Task Message"]);
        read[1].ShouldBe(message with { Seq = read[1].Seq });
        (await events.ListAsync(TaskOf("usr_1"), read[1].Seq, 2, Cancellation)).Select(static one => one.Type).ShouldBe(["Tool Used"]);
        (await events.ListAsync(TaskOf("usr_2"), 0, 2, Cancellation)).ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task It_is_there_after_the_store_was_stopped_and_another_process_sees_what_it_keeps_already(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await store.Get<IAgentEvents>().AppendAsync([Other("Tool Used")], Cancellation);
        await store.StopAsync();
        await using var other = await store.AnotherAsync();

        (await other.Get<IAgentEvents>().AppendAsync([Other("Tool Used") with { Retried = true }], Cancellation)).ShouldBe(0);

        (await other.Get<IAgentEvents>().ListAsync(TaskOf("usr_1"), 0, 10, Cancellation)).ShouldHaveSingleItem().Retried.ShouldBeTrue();
    }

    [Theory, EachEngine]
    public async Task Any_order_with_any_of_them_sent_again_makes_the_same_set(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var random = new Random(20261126);
        var sets = new List<string>();
        for (var run = 0; run < 100; run++)
        {
            var person = $"usr_{run}";
            AgentEvent[] first =
            [
                Other("Task Created", person), Other("Tool Used", person), Other("Tool Used", person), Other("Tool Used", person), Other("Checkpoint Created", person),
                .. Enumerable.Range(0, 5).Select(i => Message(1_761_000_000_000 + (i / 2), i % 2 == 0 ? "say" : "ask", "text", person)),
            ];
            AgentEvent[] again = [.. first.Concat(first).Where(_ => random.Next(2) == 0).Select(static one => one with { Retried = true })];
            AgentEvent[] sent = [.. first, .. again];
            random.Shuffle(sent);
            foreach (var batch in sent.Chunk(7))
            {
                await store.Get<IAgentEvents>().AppendAsync(batch, Cancellation);
            }

            sets.Add(string.Join('\n', (await store.Get<IAgentEvents>().ListAsync(TaskOf(person), 0, 1000, Cancellation)).Select(static one => $"{one.Type} {one.Message}").Order(StringComparer.Ordinal)));
        }

        sets.Distinct().ShouldHaveSingleItem().Split('\n').Length.ShouldBe(10);
    }

    [Theory, EachEngine]
    public async Task An_event_from_the_queue_is_another_one_when_the_equal_one_is_older_than_the_window(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var events = store.Get<IAgentEvents>();
        await events.AppendAsync([Other("Tool Used")], Cancellation);

        (await events.AppendAsync([Queued(9)], Cancellation)).ShouldBe(0);
        (await events.AppendAsync([Queued(11)], Cancellation)).ShouldBe(1);
        (await events.AppendAsync([Message(1, "say", "text")], Cancellation)).ShouldBe(1);
        (await events.AppendAsync([Message(1, "say", "text") with { At = StoreUnderTest.Noon.AddDays(3), Retried = true }], Cancellation)).ShouldBe(0); // a message has its own time

        static AgentEvent Queued(int minutes) => Other("Tool Used") with { At = StoreUnderTest.Noon.AddMinutes(minutes), Retried = true };
    }

    [Theory, EachEngine]
    public async Task Equal_ones_that_arrive_at_once_are_counted_right(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var events = store.Get<IAgentEvents>();

        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => events.AppendAsync([i < 10 ? Other("Tool Used") : Message(1, "say", "text")], Cancellation)));

        (added[..10].Sum(), added[10..].Sum()).ShouldBe((10, 1));
    }

    [Theory, EachEngine]
    public async Task Events_are_kept_as_long_as_decisions_and_a_person_who_is_erased_leaves_none(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine, options => options with { KeepDecisions = TimeSpan.FromDays(2) });
        var (ada, _) = await People.AddAsync(store, "ada");
        var later = StoreUnderTest.Noon.AddDays(1);
        await store.Get<IAgentEvents>().AppendAsync([Other("Task Created"), Other("Tool Used") with { At = later }, Other("Tool Used", ada.Id.Value) with { At = later }], Cancellation);

        store.Skip(TimeSpan.FromDays(2) + TimeSpan.FromHours(1));
        await store.Get<DecisionUpkeep>().LookAsync(Cancellation);
        (await store.QueryAsync<string>("SELECT type FROM agent_events ORDER BY seq")).ShouldBe(["Tool Used", "Tool Used"]);
        await store.Identity.UpdatePrincipalAsync(ada with { Disabled = true }, Acting.Operator, Cancellation);
        await store.Identity.EraseAsync(ada.Id, "erased-1", Acting.Operator, Cancellation);

        (await store.QueryAsync<string>("SELECT principal_id FROM agent_events")).ShouldBe(["usr_1"]);
    }

    [Theory, EachEngine]
    public async Task Nothing_else_hears_of_an_event(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);

        await store.Get<IAgentEvents>().AppendAsync([Other("LLM Completion") with { Facts = """{"cost":12}""", Mode = "code" }], Cancellation);

        (await store.QueryAsync<long>("SELECT (SELECT count(*) FROM calls) + (SELECT count(*) FROM call_contexts) + (SELECT count(*) FROM decisions) + (SELECT count(*) FROM spend)")).ShouldBe([0]);
        (await store.Get<ITaskMemory>().ModeOfAsync(TaskOf("usr_1"), Cancellation)).ShouldBeNull();
    }

    private static string TaskOf(string person) => TaskKey.Compute(person, "roo-code", Native);

    private static AgentEvent Other(string type, string person = "usr_1") => new()
    {
        At = StoreUnderTest.Noon,
        Principal = person,
        Agent = "roo-code",
        Task = TaskOf(person),
        NativeTask = Native,
        Type = type,
        Identity = EventIdentity.OfBody(person, Encoding.UTF8.GetBytes(type)),
    };

    private static AgentEvent Message(long ts, string kind, string what, string person = "usr_1")
    {
        var message = new AgentMessage(ts, kind, what, Partial: false, TextLength: 12);
        return Other("Task Message", person) with { Message = message, Identity = EventIdentity.OfMessage(person, "Task Message", Native, message) };
    }
}
