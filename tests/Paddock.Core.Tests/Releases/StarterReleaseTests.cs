using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Core.Tests.Releases;

public class StarterReleaseTests
{
    [Fact]
    public void A_key_makes_a_provider_with_the_usual_address()
    {
        var provider = Load(("OPENAI_API_KEY", "sk-not-looked-at")).Providers.ShouldHaveSingleItem();

        provider.Name.ShouldBe("openai");
        provider.BaseUrl.AbsoluteUri.ShouldBe("https://api.openai.com/v1");
        provider.Wires.ShouldBe([Wire.OpenAiChat, Wire.OpenAiResponses]);
        provider.Auth.Scheme.ShouldBe(AuthScheme.Bearer);
        provider.Credentials.ShouldBe([new CredentialReference("env:OPENAI_API_KEY")]);
    }

    [Fact]
    public void A_base_address_alone_makes_a_provider_that_is_sent_no_credential()
    {
        var provider = Load(("ANTHROPIC_BASE_URL", "http://127.0.0.1:9000/")).Providers.ShouldHaveSingleItem();

        provider.BaseUrl.AbsoluteUri.ShouldBe("http://127.0.0.1:9000/");
        provider.Auth.Scheme.ShouldBe(AuthScheme.None);
        provider.Credentials.ShouldBeEmpty();
    }

    [Fact]
    public void All_three_providers_keep_their_order_of_preference()
    {
        var content = Load(("OPENROUTER_API_KEY", "c"), ("ANTHROPIC_API_KEY", "b"), ("OPENAI_API_KEY", "a"));

        content.Providers.Select(provider => provider.Name).ShouldBe(["openai", "anthropic", "openrouter"]);
        content.Providers[1].Auth.Scheme.ShouldBe(AuthScheme.ApiKey);
        content.Providers[2].BaseUrl.AbsoluteUri.ShouldBe("https://openrouter.ai/api/v1");
    }

    [Fact]
    public void An_empty_environment_is_a_valid_release_without_providers()
    {
        var content = Load(("OPENAI_API_KEY", "  "));

        content.Providers.ShouldBeEmpty();
        content.Files.ShouldBeEmpty();
    }

    [Fact]
    public void The_documents_never_hold_a_value_of_a_key() =>
        StarterRelease.From(new Dictionary<string, string> { ["OPENAI_API_KEY"] = "canary-7391" }).Single().Text.ShouldNotContain("canary-7391");

    [Theory]
    [InlineData("not an address")]
    [InlineData("http://user:hunter2@host/v1")]
    [InlineData("http://host/v1\"\n  onAbort: drain")]
    public void A_bad_address_in_the_environment_is_a_fault_and_not_another_document(string address)
    {
        var outcome = ReleaseLoader.Load([], StarterRelease.From(new Dictionary<string, string> { ["OPENAI_BASE_URL"] = address }));

        var fault = outcome.ShouldBeOfType<LoadOutcome.Rejected>().Faults.ShouldHaveSingleItem();
        fault.Key.ShouldBe("spec.baseUrl");
        fault.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_release_without_a_provider_gets_the_environments_and_keeps_it_when_loaded_again()
    {
        var own = new SourceFile("models.yaml", "apiVersion: paddock/v1alpha1\nkind: Model\nmetadata: {name: fast, owner: platform}\nspec: {provider: openai, upstreamModel: gpt-5-mini}\n");
        var environment = StarterRelease.From(new Dictionary<string, string> { ["OPENAI_API_KEY"] = "a" });

        var first = ReleaseLoader.Load([own], environment).ShouldBeOfType<LoadOutcome.Loaded>().Content;
        var again = ReleaseLoader.Load(first.Files).ShouldBeOfType<LoadOutcome.Loaded>().Content;

        first.Providers.ShouldHaveSingleItem().Name.ShouldBe("openai");
        again.Digest.ShouldBe(first.Digest);
        SnapshotBuilder.Build(again).Models.ShouldContainKey("fast");
    }

    [Fact]
    public void A_release_with_a_provider_of_its_own_does_not_get_the_environments()
    {
        var own = new SourceFile("provider.yaml", "apiVersion: paddock/v1alpha1\nkind: Provider\nmetadata: {name: local, owner: platform}\nspec: {wires: [openai-chat], baseUrl: http://127.0.0.1:1/v1, auth: {scheme: none}}\n");

        var content = ReleaseLoader.Load([own], StarterRelease.From(new Dictionary<string, string> { ["OPENAI_API_KEY"] = "a" })).ShouldBeOfType<LoadOutcome.Loaded>().Content;

        content.Providers.ShouldHaveSingleItem().Name.ShouldBe("local");
    }

    [Fact]
    public void The_shipped_rules_stand_beside_the_environments_providers_and_refuse_nothing()
    {
        var environment = StarterRelease.From(new Dictionary<string, string> { ["OPENAI_API_KEY"] = "a" });

        var content = ReleaseLoader.Load(StarterRelease.Shipped, environment).ShouldBeOfType<LoadOutcome.Loaded>().Content;

        content.Providers.ShouldHaveSingleItem().Name.ShouldBe("openai");
        content.Policies.Length.ShouldBeGreaterThan(5);
        content.Bindings.ShouldAllBe(binding => binding.Enforcement == Enforcement.Shadow);
        SnapshotBuilder.Build(content).Policies.Enforces.ShouldBeFalse();
    }

    [Fact]
    public void A_release_without_policies_gets_none()
    {
        var own = new SourceFile("release.yaml", "apiVersion: paddock/v1alpha1\nkind: Release\nmetadata: {name: own, owner: platform}\nspec: {}\n");

        ReleaseLoader.Load([own], StarterRelease.From(new Dictionary<string, string> { ["OPENAI_API_KEY"] = "a" })).ShouldBeOfType<LoadOutcome.Loaded>().Content.Policies.ShouldBeEmpty();
    }

    private static ReleaseContent Load(params (string Name, string Value)[] environment) =>
        ReleaseLoader.Load([], StarterRelease.From(environment.ToDictionary(pair => pair.Name, pair => pair.Value)))
            .ShouldBeOfType<LoadOutcome.Loaded>(customMessage: "rejected").Content;
}
