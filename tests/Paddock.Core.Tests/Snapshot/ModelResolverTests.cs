using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Testing;

namespace Paddock.Core.Tests.Snapshot;

public sealed class ModelResolverTests
{
    private static readonly string Providers =
        Document("Provider", "one", "wires: [openai-chat]", "baseUrl: https://one.example/v1", "auth: {scheme: none}")
        + Document("Provider", "two", "wires: [openai-chat, anthropic-messages]", "baseUrl: https://two.example/v1", "auth: {scheme: none}");

    private readonly TestIdentities identities = new(new Pepper(new byte[32]));

    [Fact]
    public void A_model_no_document_names_goes_to_the_first_provider_that_speaks_the_wire()
    {
        Targets(Providers, "gpt-x", Wire.OpenAiChat).ShouldBe(["one/gpt-x"]);
        Targets(Providers, "claude-x", Wire.AnthropicMessages).ShouldBe(["two/claude-x"]);
        Resolve(Providers, "gpt-x", Wire.OpenAiResponses).ShouldBeOfType<ModelResolution.NoProvider>();
    }

    [Fact]
    public void A_document_names_its_provider_and_what_the_model_is_called_there()
    {
        var release = Providers + Document("Model", "fast", "provider: two", "upstreamModel: tiny-3");

        Targets(release, "fast", Wire.OpenAiChat).ShouldBe(["two/tiny-3"]);
        Resolve(release, "fast", Wire.OpenAiResponses).ShouldBeOfType<ModelResolution.NoProvider>();
    }

    [Fact]
    public void A_route_names_its_targets_in_order_but_for_those_that_do_not_speak_the_wire()
    {
        var release = Providers + Document("ModelRoute", "best", "targets: [{provider: one, model: a}, {provider: two, model: b}]");

        Targets(release, "best", Wire.OpenAiChat).ShouldBe(["one/a", "two/b"]);
        Targets(release, "best", Wire.AnthropicMessages).ShouldBe(["two/b"]);
    }

    [Fact]
    public void A_model_may_be_for_some_only()
    {
        var release = Providers + Document("Model", "dear", "provider: one", "allow: {teams: [core]}");

        Resolve(release, "dear", Wire.OpenAiChat, Caller("ada", "core")).ShouldBeOfType<ModelResolution.Resolved>();
        Resolve(release, "dear", Wire.OpenAiChat, Caller("bob", "web")).ShouldBeOfType<ModelResolution.NotAllowed>();
    }

    [Fact]
    public void A_key_for_some_models_takes_no_other()
    {
        var (_, caller) = identities.AddKey(new KeyScopes { Models = true, ModelPatterns = ["gpt-*", "claude-x"] });

        Resolve(Providers, "gpt-5", Wire.OpenAiChat, caller).ShouldBeOfType<ModelResolution.Resolved>();
        Resolve(Providers, "claude-x", Wire.OpenAiChat, caller).ShouldBeOfType<ModelResolution.Resolved>();
        Resolve(Providers, "claude-xy", Wire.OpenAiChat, caller).ShouldBeOfType<ModelResolution.NotAllowed>();
    }

    private static string Document(string kind, string name, params string[] spec) =>
        $"---\napiVersion: paddock/v1alpha1\nkind: {kind}\nmetadata:\n  name: {name}\n  owner: tests\nspec:\n  {string.Join("\n  ", spec)}\n";

    private Caller Caller(string user, string team) => identities.AddKey(new KeyScopes { Models = true }, user, null, team).Caller;

    private string[] Targets(string release, string model, Wire wire) =>
        [.. Resolve(release, model, wire).ShouldBeOfType<ModelResolution.Resolved>().Targets.Select(target => $"{target.Provider.Name}/{target.Model}")];

    private ModelResolution Resolve(string release, string model, Wire wire, Caller? caller = null)
    {
        var content = ReleaseLoader.Load([new SourceFile("a.yaml", release)]).ShouldBeOfType<LoadOutcome.Loaded>().Content;
        return ModelResolver.Resolve(SnapshotBuilder.Build(content), model, wire, caller ?? Caller("dev", "none"));
    }
}
