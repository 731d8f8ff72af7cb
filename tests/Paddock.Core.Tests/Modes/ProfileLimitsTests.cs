using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Core.Snapshot;
using static Paddock.Core.Tests.Modes.ModeDocuments;

namespace Paddock.Core.Tests.Modes;

/// <summary>What a team profile says of model calls.</summary>
public class ProfileLimitsTests
{
    private const string Models = """
        ---
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: p, owner: platform}
        spec: {wires: [openai-chat], baseUrl: "https://p.example/v1", auth: {scheme: none}}
        ---
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata: {name: large, owner: platform}
        spec: {provider: p}
        ---
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata: {name: small, owner: platform}
        spec: {provider: p}

        """;

    private const string Classes = "models: {classes: {deep: [large], quick: [small]}, default: quick";

    [Theory]
    [InlineData("", "architect", ModeStanding.Taken)]
    [InlineData("", "orchestrator", ModeStanding.Forbidden)]
    [InlineData("", "strange", ModeStanding.Unlisted)]
    [InlineData("", "Architect", ModeStanding.Unlisted)]
    [InlineData("", "", ModeStanding.Unlisted)]
    [InlineData("", null, ModeStanding.Missing)]
    [InlineData(", unlisted: allow", "strange", ModeStanding.Taken)]
    [InlineData(", unlisted: allow", "orchestrator", ModeStanding.Forbidden)]
    [InlineData(", unlisted: allow", null, ModeStanding.Missing)]
    [InlineData(", unlisted: talk", "strange", ModeStanding.Taken)]
    [InlineData(", unlisted: talk", "talk", ModeStanding.Taken)]
    [InlineData(", missing: allow", null, ModeStanding.Taken)]
    [InlineData(", missing: talk", null, ModeStanding.Taken)]
    [InlineData(", missing: talk", "strange", ModeStanding.Unlisted)]
    public void A_mode_is_taken_or_not(string more, string? mode, ModeStanding standing) =>
        Limits(Plain("architect"), Plain("talk"), Profile("developers", $"modes: {{preferred: [architect{(more.Contains("talk", StringComparison.Ordinal) ? "" : ", talk")}], forbidden: [orchestrator]{more}}}")).Of(mode).ShouldBe(standing);

    [Theory]
    [InlineData("architect", "large", true)]
    [InlineData("architect", "small", false)]
    [InlineData("code", "small", true)]
    [InlineData("code", "large", false)]
    [InlineData("strange", "small", true)]
    [InlineData("strange", "large", false)]
    [InlineData(null, "small", true)]
    [InlineData(null, "large", true)]
    [InlineData(null, "other", false)]
    [InlineData("code", "other", false)]
    public void A_mode_works_with_its_own_class_and_a_call_without_a_mode_with_any(string? mode, string model, bool allowed) =>
        Limits(Models, Plain("architect", more: "modelClass: deep"), Plain("code"), Profile("developers", "modes: {preferred: [architect, code], unlisted: allow}\n" + Classes + "}")).Allows(model, mode).ShouldBe(allowed);

    [Fact]
    public void The_class_of_a_mode_that_stands_in_for_an_unknown_one_holds()
    {
        var limits = Limits(Models, Plain("architect", more: "modelClass: deep"), Profile("developers", "modes: {preferred: [architect], unlisted: architect, missing: architect}\n" + Classes + "}"));

        limits.Allows("large", "strange").ShouldBeTrue();
        limits.Allows("small", "strange").ShouldBeFalse();
        limits.Allows("small", null).ShouldBeTrue();
    }

    [Fact]
    public void Classes_only_offer_where_others_are_allowed_and_any_class_will_do_where_nothing_is_said_of_modes()
    {
        var open = Limits(Models, Plain("code"), Profile("developers", "modes: {preferred: [code]}\n" + Classes + ", others: allow}"));
        open.Allows("large", "code").ShouldBeTrue();
        open.Allows("anything", "code").ShouldBeTrue();

        var without = Limits(Models, Profile("developers", Classes + "}"));
        without.Of("anything").ShouldBe(ModeStanding.Taken);
        without.Allows("large", "code").ShouldBeTrue();
        without.Allows("other", "code").ShouldBeFalse();
        Limits(Profile("developers", "output: short")).Allows("other", "code").ShouldBeTrue();
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var profiles = Taken(Models, Plain("architect", more: "modelClass: deep"), Plain("code"), Profile("leads", "for: {users: [eve], teams: [leads]}"), Profile("developers", "for: {teams: [core]}\nmodes: {preferred: [architect, code], forbidden: [orchestrator]}\n" + Classes + "}")).Profiles;
        var person = Person("ada", "web", "core");

        Enumerable.Range(0, 50).Select(_ => Allocated(profiles, person)).Min().ShouldBe(0);
    }

    /// <summary>While code is compiled anew under the test, one round may pay for that.</summary>
    private static long Allocated(TeamProfiles profiles, Principal person)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            var limits = profiles.LimitsOf(person) ?? throw new InvalidOperationException();
            _ = limits.Of("architect") is ModeStanding.Taken && limits.Of("orchestrator") is ModeStanding.Forbidden && limits.Allows("large", "architect") && limits.Allows("small", null);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static ProfileLimits Limits(params string[] documents) => Taken(documents).Profiles.LimitsOf(Person("ada")).ShouldNotBeNull();
}
