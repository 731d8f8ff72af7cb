using Paddock.Agents.RooCode;
using Paddock.Core.Models;
using Paddock.Core.Policies;

namespace Paddock.Agents.Tests.RooCode;

public class RooCodeDialectTests
{
    private const string Proxy = """
        Accept: application/json
        Content-Type: application/json
        HTTP-Referer: https://github.com/RooVetGit/Roo-Cline
        X-Title: Roo Code
        User-Agent: RooCode/3.52.1
        X-Roo-App-Version: 3.52.1
        X-Roo-Task-ID: 019a209e-6456-7bf1-bb1a-ec7c0feb806a
        x-stainless-retry-count: 0
        """;

    private const string Zoo = """
        HTTP-Referer: https://github.com/Zoo-Code-Org/Zoo-Code
        X-Title: Zoo Code
        User-Agent: ZooCode/3.84.4
        X-Zoo-Task-ID: task-9
        X-Zoo-Mode: architect
        """;

    private readonly RooCodeDialect roo = new();

    [Fact]
    public void Its_model_proxy_call_tells_version_task_and_mode()
    {
        var call = RecordedCall.From(Proxy, new object[] { new { type = "text", text = "<user_message>\nhi\n</user_message>" }, new { type = "text", text = EnvironmentDetailsTests.Block("debug") } });

        roo.Recognizes(call).ShouldBeTrue();
        var facts = roo.Read(call);
        facts.Agent.ShouldBe("roo-code");
        facts.AgentVersion.ShouldBe("3.52.1");
        facts.NativeTask.ShouldBe("019a209e-6456-7bf1-bb1a-ec7c0feb806a");
        facts.Mode.ShouldBe("debug");
        facts.ModeVerified.ShouldBeFalse();
    }

    [Fact]
    public void Zoo_code_is_the_same_agent_and_says_its_mode_in_a_header()
    {
        var call = RecordedCall.From(Zoo, EnvironmentDetailsTests.Block("code"));

        roo.Recognizes(call).ShouldBeTrue();
        var facts = roo.Read(call);
        facts.AgentVersion.ShouldBe("3.84.4");
        facts.NativeTask.ShouldBe("task-9");
        facts.Mode.ShouldBe("architect");
    }

    [Fact]
    public void An_enhanced_prompt_has_neither_task_nor_mode()
    {
        var call = RecordedCall.From("User-Agent: RooCode/3.52.1\nX-Title: Roo Code", "Generate an enhanced version of this prompt: fix it");

        roo.Recognizes(call).ShouldBeTrue();
        roo.Read(call).ShouldSatisfyAllConditions(f => f.NativeTask.ShouldBeNull(), f => f.Mode.ShouldBeNull(), f => f.AgentVersion.ShouldBe("3.52.1"));
    }

    [Fact]
    public void Its_openai_native_provider_names_the_task_in_a_header_of_another_name() =>
        roo.Read(new RecordedCall("User-Agent: roo-code/3.52.1 (linux 6.1; x64) node/22\nsession_id: t-1")).NativeTask.ShouldBe("t-1");

    [Theory]
    [InlineData("User-Agent: Cline/3.0.65")]
    [InlineData("User-Agent: Kilo-Code/7.7.7")]
    [InlineData("User-Agent: NotRooCode/1")]
    public void Other_agents_are_not_taken_for_it(string headers) => roo.Recognizes(new RecordedCall(headers)).ShouldBeFalse();

    [Theory]
    [InlineData(RefusalReason.BudgetExceeded)]
    [InlineData(RefusalReason.ModeNotAllowed)]
    [InlineData(RefusalReason.StaleClient)]
    [InlineData(RefusalReason.StaleTask)]
    [InlineData(RefusalReason.ModelNotAllowed)]
    [InlineData(RefusalReason.ModelUnknown)]
    [InlineData(RefusalReason.NoProvider)]
    [InlineData(RefusalReason.UnpricedModel)]
    [InlineData(RefusalReason.UnsupportedFeature)]
    public void A_decision_is_told_as_a_turn_that_ends_the_task(RefusalReason reason)
    {
        var dress = roo.Dress(new(reason, 403, "no"));

        dress.AsTurn.ShouldBeTrue();
        dress.ClosingTool.ShouldBe(new ClosingTool("attempt_completion", "result"));
    }

    [Theory]
    [InlineData(RefusalReason.MissingKey)]
    [InlineData(RefusalReason.UnknownKey)]
    [InlineData(RefusalReason.KeyRevoked)]
    [InlineData(RefusalReason.ScopeMissing)]
    public void A_refused_key_stays_an_error(RefusalReason reason) => roo.Dress(new(reason, 401, "no")).AsTurn.ShouldBeFalse();

    [Theory]
    [MemberData(nameof(Refused.Passing), MemberType = typeof(Refused))]
    public void What_passes_by_itself_is_left_to_its_own_retries(RefusalReason reason) => roo.Dress(new(reason, 503, "wait")).ShouldBe(RefusalDress.Plain);

    [Fact]
    public void It_has_one_model_entrance_of_its_own() =>
        roo.Entrances.Single().ShouldBe(new("/roo/proxy/v1/chat/completions", Wire.OpenAiChat, "roo-code", CostInUsage: true));
}
