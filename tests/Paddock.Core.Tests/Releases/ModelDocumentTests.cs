using Paddock.Core.Models;
using Paddock.Core.Releases;

namespace Paddock.Core.Tests.Releases;

/// <summary>What a <c>Model</c> says that it can do.</summary>
public class ModelDocumentTests
{
    [Theory]
    [InlineData("", false, ModelReasoning.None)]
    [InlineData(", vision: true", true, ModelReasoning.None)]
    [InlineData(", vision: false, reasoning: none", false, ModelReasoning.None)]
    [InlineData(", reasoning: optional", false, ModelReasoning.Optional)]
    [InlineData(", vision: true, reasoning: always", true, ModelReasoning.Always)]
    public void A_model_can_what_its_document_says_and_nothing_else(string says, bool sees, ModelReasoning reasoning)
    {
        var model = Load(says).ShouldBeOfType<LoadOutcome.Loaded>().Content.Models.ShouldHaveSingleItem();

        (model.SeesImages, model.Reasoning).ShouldBe((sees, reasoning));
    }

    [Theory]
    [InlineData(", vision: yes", "spec.vision", null)]
    [InlineData(", vision: \"true\"", "spec.vision", null)]
    [InlineData(", reasoning: true", "spec.reasoning", null)]
    [InlineData(", reasoning: Always", "spec.reasoning", "always")]
    [InlineData(", reasoning: [optional]", "spec.reasoning", null)]
    [InlineData(", visoin: true", "spec.visoin", "vision")]
    public void Another_word_is_a_fault_that_names_its_key(string says, string key, string? suggestion)
    {
        var fault = Load(says).ShouldBeOfType<LoadOutcome.Rejected>().Faults.ShouldHaveSingleItem();

        (fault.Key, suggestion is null || fault.Suggestion == suggestion).ShouldBe((key, true), fault.Message);
    }

    private static LoadOutcome Load(string says) => ReleaseLoader.Load(
    [
        new("models.yaml", $$$"""
            apiVersion: paddock/v1alpha1
            kind: Provider
            metadata: {name: own, owner: tests}
            spec: {wires: [openai-chat], baseUrl: https://models.example/v1, auth: {scheme: none}}
            ---
            apiVersion: paddock/v1alpha1
            kind: Model
            metadata: {name: m, owner: tests}
            spec: {provider: own{{{says}}}}
            """),
    ]);
}
