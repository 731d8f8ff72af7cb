using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Core.Mitigations;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Core.Tools;
using Paddock.Store.Mitigations;

namespace Paddock.Store.Tests.Mitigations;

/// <summary>What IMitigationStore promises, on both databases, and what is served by it.</summary>
public class MitigationStoreTests
{
    private static readonly AuditActor actor = AuditActor.Of("system:runbook");

    public static readonly ImmutableArray<Measure> Measures =
    [
        new Measure.AvoidProvider("main"), new Measure.PreferProvider("best", "other"), new Measure.Shed(CallKind.Subagents, TimeSpan.FromSeconds(30)), new Measure.SmallerTasks(20_000),
        new Measure.ReadOnly(), new Measure.Ask([ToolClass.Command, ToolClass.Edit], "on-call"), new Measure.Tighten("careful"), new Measure.RestCredential("main", "env:KEY"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task Each_measure_comes_back_as_it_was_and_is_served_when_it_is_acknowledged(Engine engine)
    {
        var snapshots = Snapshots();
        await using var store = await StartAsync(engine, snapshots);
        var made = Measures.Select((measure, number) => Made(store, measure, $"step-{number}")).OrderBy(static one => one.Id, StringComparer.Ordinal).ToList();

        foreach (var one in made)
        {
            (await store.Get<IMitigationStore>().AddAsync(one, actor, Cancellation)).ShouldBeTrue();
        }

        snapshots.Current.Mitigations.All.ShouldBe(made);
        (await store.Get<IMitigationStore>().FindAsync(made[0].Id, Cancellation)).ShouldBe(made[0]);
    }

    [Theory, EachEngine]
    public async Task A_step_that_is_done_again_makes_no_second_one_also_when_the_first_was_ended(Engine engine)
    {
        var snapshots = Snapshots();
        await using var store = await StartAsync(engine, snapshots);
        var made = Made(store, Measures[0], "avoid");
        var mitigations = store.Get<IMitigationStore>();
        await mitigations.AddAsync(made, actor, Cancellation);

        (await mitigations.AddAsync(Made(store, Measures[1], "avoid"), actor, Cancellation)).ShouldBeFalse();
        snapshots.Current.Mitigations.All.ShouldBe([made]);

        (await mitigations.EndAsync(made.Id, actor, Cancellation)).ShouldBe(made with { EndedAt = StoreUnderTest.Noon, EndedBy = "system:runbook" });
        (await mitigations.AddAsync(made, actor, Cancellation)).ShouldBeFalse();
        snapshots.Current.Mitigations.All.ShouldBeEmpty();
        (await mitigations.EndAsync(made.Id, AuditActor.Of("usr_x"), Cancellation))!.EndedBy.ShouldBe("system:runbook");
    }

    [Theory, EachEngine]
    public async Task One_whose_time_runs_out_is_served_no_more_and_noted_once(Engine engine)
    {
        var snapshots = Snapshots();
        await using var store = await StartAsync(engine, snapshots);
        var made = Made(store, Measures[0], "avoid");
        await store.Get<IMitigationStore>().AddAsync(made, actor, Cancellation);
        store.Skip(TimeSpan.FromHours(1));

        await store.Get<MitigationClock>().LookAsync(Cancellation);
        await store.Get<MitigationClock>().LookAsync(Cancellation);

        snapshots.Current.Mitigations.All.ShouldBeEmpty();
        (await store.Get<IMitigationStore>().FindAsync(made.Id, Cancellation)).ShouldBe(made with { EndedAt = made.ExpiresAt, EndedBy = "system:clock" });
        (await store.QueryAsync<string>("SELECT act FROM audit_entries WHERE act LIKE 'mitigation.%' ORDER BY act")).ShouldBe(["mitigation.begun", "mitigation.expired"]);
    }

    [Fact]
    public async Task One_that_another_process_made_is_served_with_the_next_look()
    {
        var snapshots = Snapshots();
        await using var store = await StartAsync(Engine.Postgres, snapshots);
        await using var other = await store.AnotherAsync(static options => options with { DataDirectory = Directory.CreateTempSubdirectory("paddock-store-").FullName });
        var made = Made(other, Measures[0], "avoid");
        await other.Get<IMitigationStore>().AddAsync(made, actor, Cancellation);

        await store.Get<MitigationClock>().LookAsync(Cancellation);

        snapshots.Current.Mitigations.All.ShouldBe([made]);
    }

    private static Task<StoreUnderTest> StartAsync(Engine engine, SnapshotHolder snapshots) => StoreUnderTest.StartAsync(engine, wire: services => services.AddSingleton<ISnapshots>(snapshots));

    private static SnapshotHolder Snapshots() => new(SnapshotBuilder.Build(((LoadOutcome.Loaded)ReleaseLoader.Load([])).Content));

    private static Mitigation Made(StoreUnderTest store, Measure measure, string step) => new()
    {
        Id = MitigationId.Of("run_1", step),
        Measure = measure,
        Reason = "the provider fails",
        Run = "run_1",
        Step = step,
        CreatedBy = actor.Id,
        CreatedAt = store.Time.GetUtcNow(),
        ExpiresAt = store.Time.GetUtcNow().AddHours(1),
    };
}
