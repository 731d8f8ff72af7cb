using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests;

/// <summary>What lists of models know of each.</summary>
public sealed class ModelCatalogTests
{
    [Fact]
    public async Task What_a_model_can_do_is_what_its_document_says_and_of_others_nothing_is_known()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new()
        {
            Snapshot = address => Snapshots.Of(
                [Snapshots.Provider("main", address)],
                [
                    new() { Name = "plain", Provider = "main" },
                    new() { Name = "priced-model", Provider = "main", SeesImages = true },
                    new() { Name = "thinker", Route = "both", SeesImages = true, Reasoning = ModelReasoning.Always },
                ],
                [new() { Name = "both", Targets = [new("main", "a"), new("main", "b")] }]),
        });

        var models = await gateway.Part<IModelCatalog>().ListAsync(gateway.Caller, TestContext.Current.CancellationToken);

        models.Select(static one => (one.Id, one.SeesImages, one.Reasoning)).ShouldBe([("plain", false, ModelReasoning.None), ("priced-model", true, ModelReasoning.None), ("thinker", true, ModelReasoning.Always)]);
    }
}
