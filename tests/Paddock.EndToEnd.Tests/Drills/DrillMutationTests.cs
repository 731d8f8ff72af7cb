using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Core.Containments;
using Paddock.Core.Mitigations;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.Drills;

namespace Paddock.EndToEnd.Tests.Drills;

/// <summary>A drill that passes means something: whichever step of whichever runbook is broken, its drill fails.</summary>
public sealed class DrillMutationTests
{
    private static readonly (string Runbook, string Step)[] all = [.. ShippedRunbooks.All.SelectMany(static one => one.Steps.Select(step => (one.Name, step.Id)))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Some() => Of(new Random(20_261_127).GetItems(all, 2).Distinct());

    public static TheoryData<string, string> All() => Of(all);

    [Theory]
    [MemberData(nameof(Some))]
    public Task Without_a_step_it_fails(string runbook, string step) => ShouldFailWithoutAsync(runbook, step);

    [Theory]
    [Trait("In", "soak")]
    [MemberData(nameof(All))]
    public Task Without_any_step_it_fails(string runbook, string step) => ShouldFailWithoutAsync(runbook, step);

    [Theory]
    [InlineData("unsafe-output")]
    public async Task With_steps_that_say_that_they_did_something_and_did_not_it_fails(string name)
    {
        var result = await RunAsync(Runbook(name), static services => services.AddSingleton<IMitigationStore, NothingMitigated>().AddSingleton<IContainmentStore, NothingContained>());

        result.Passed.ShouldBeFalse();
        result.Lines.ShouldContain(static line => line.Expectation == "the run ends undone" && !line.Passed && line.Says.Contains("It does not stand", StringComparison.Ordinal));
    }

    private static async Task ShouldFailWithoutAsync(string name, string step)
    {
        var document = JsonNode.Parse(Runbook(name).Source)!; // it was read
        var steps = document["spec"]!["steps"]!.AsArray();
        steps.Remove(steps.Single(one => (string?)one!["id"] == step));

        var result = await RunAsync(ShippedRunbooks.Read(document.ToJsonString()), configure: null);

        result.Passed.ShouldBeFalse($"{name} without {step}");
    }

    private static Task<DrillResult> RunAsync(Runbook runbook, Action<IServiceCollection>? configure) => new TwinDrills(OwnDrillTests.Shipped, TimeProvider.System).RunAsync(runbook, configure, static _ => { }, Cancellation);

    private static Runbook Runbook(string name) => ShippedRunbooks.All.Single(one => one.Name == name);

    private static TheoryData<string, string> Of(IEnumerable<(string Runbook, string Step)> steps)
    {
        var data = new TheoryData<string, string>();
        foreach (var (runbook, step) in steps)
        {
            data.Add(runbook, step);
        }

        return data;
    }

    private sealed class NothingMitigated : IMitigationStore
    {
        public Task<bool> AddAsync(Mitigation mitigation, AuditActor by, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<Mitigation?> EndAsync(string id, AuditActor by, CancellationToken cancellationToken) => Task.FromResult<Mitigation?>(null);

        public Task<Mitigation?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult<Mitigation?>(null);

        public Task<MitigationSet> StandingAsync(CancellationToken cancellationToken) => Task.FromResult(MitigationSet.Empty);
    }

    private sealed class NothingContained : IContainmentStore
    {
        public Task AddAsync(Containment containment, AuditActor by, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<Containment?> LiftAsync(ContainmentId id, AuditActor by, string reason, CancellationToken cancellationToken) => Task.FromResult<Containment?>(null);

        public Task<Containment?> FindAsync(ContainmentId id, CancellationToken cancellationToken) => Task.FromResult<Containment?>(null);

        public Task<System.Collections.Immutable.ImmutableArray<Containment>> ListAsync(ContainmentQuery query, CancellationToken cancellationToken) => Task.FromResult<System.Collections.Immutable.ImmutableArray<Containment>>([]);
    }
}
