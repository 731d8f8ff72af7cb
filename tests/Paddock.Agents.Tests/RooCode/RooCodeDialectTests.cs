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

    /// <summary>Each reason there is: a new one has to be decided here.</summary>
    public static TheoryData<RefusalReason, Told> Reasons => new()
    {
        // found out before the body is read, and the waiting task goes on once the key is good
        { RefusalReason.MissingKey, Told.AsFinal },
        { RefusalReason.MalformedKey, Told.AsFinal },
        { RefusalReason.UnknownKey, Told.AsFinal },
        { RefusalReason.KeyRevoked, Told.AsFinal },
        { RefusalReason.KeyExpired, Told.AsFinal },
        { RefusalReason.SessionEnded, Told.AsFinal },
        { RefusalReason.PrincipalDisabled, Told.AsFinal },
        { RefusalReason.ScopeMissing, Told.AsFinal },

        // decisions, which asking again does not change
        { RefusalReason.ModeNotAllowed, Told.AsTurn },
        { RefusalReason.StaleClient, Told.AsTurn },
        { RefusalReason.StaleTask, Told.AsTurn },
        { RefusalReason.ModelNotAllowed, Told.AsTurn },
        { RefusalReason.ModelUnknown, Told.AsTurn },
        { RefusalReason.NoProvider, Told.AsTurn },
        { RefusalReason.UnpricedModel, Told.AsTurn },
        { RefusalReason.BudgetExceeded, Told.AsTurn },
        { RefusalReason.Contained, Told.AsTurn },
        { RefusalReason.TaskTooLarge, Told.AsTurn },
        { RefusalReason.UnsupportedFeature, Told.AsTurn },
        { RefusalReason.ToolNotAllowed, Told.AsTurn },

        // the request was not read, or not to its end: nobody knows whether it asks for a stream, and which tools it offers
        { RefusalReason.MalformedBody, Told.AsFinal },
        { RefusalReason.DuplicateMember, Told.AsFinal },
        { RefusalReason.BodyTooLarge, Told.AsFinal },
        { RefusalReason.UnsupportedEncoding, Told.AsFinal },
        { RefusalReason.UnsupportedMediaType, Told.AsFinal },
        { RefusalReason.WebSocketUnsupported, Told.AsFinal },
        { RefusalReason.UnknownPath, Told.AsFinal },

        // each try costs a whole model call
        { RefusalReason.UpstreamEncoding, Told.AsTurnInTask },
        { RefusalReason.NotEvaluated, Told.AsTurnInTask },

        // passes by itself, or when an operator has seen to it
        { RefusalReason.TooManyBufferedBytes, Told.AsPassing },
        { RefusalReason.LedgerUnavailable, Told.AsPassing },
        { RefusalReason.AuditUnavailable, Told.AsPassing },
        { RefusalReason.ShuttingDown, Told.AsPassing },
        { RefusalReason.Shed, Told.AsPassing },
        { RefusalReason.RequestTimeout, Told.AsPassing },
        { RefusalReason.UpstreamUnavailable, Told.AsPassing },
        { RefusalReason.UpstreamTimeout, Told.AsPassing },
        { RefusalReason.InternalError, Told.AsPassing },
    };

    [Theory, MemberData(nameof(Reasons))]
    public void A_decision_is_a_turn_that_ends_the_task_and_a_key_or_what_passes_stays_an_error(RefusalReason reason, Told told)
    {
        var dress = roo.Dress(new(reason, 403, "no"));

        dress.ShouldBe(told switch
        {
            Told.AsTurn or Told.AsTurnInTask => new() { AsTurn = true, ClosingTool = new("attempt_completion", "result"), OnlyByTool = told is Told.AsTurnInTask },
            Told.AsFinal => RefusalDress.Final,
            _ => RefusalDress.Plain,
        });
    }

    [Fact]
    public void No_reason_is_forgotten() => Reasons.Select(static row => row.Data.Item1).ShouldBe(Enum.GetValues<RefusalReason>(), ignoreOrder: true);

    [Fact]
    public void It_has_one_model_entrance_of_its_own_and_knows_of_one_that_is_not_served()
    {
        roo.Entrances.Single(static one => one.Unserved is null).ShouldBe(new("/roo/proxy/v1/chat/completions", Wire.OpenAiChat, "roo-code", CostInUsage: true));
        roo.Entrances.Single(static one => one.Unserved is not null).Path.ShouldBe("/roo/proxy/v1/images/generations");
    }

    public enum Told
    {
        AsTurn,

        /// <summary>As a turn where there is a task to end; else an error.</summary>
        AsTurnInTask,

        /// <summary>An error that says: trying again is useless.</summary>
        AsFinal,

        /// <summary>An error, for its own retries.</summary>
        AsPassing,
    }
}
