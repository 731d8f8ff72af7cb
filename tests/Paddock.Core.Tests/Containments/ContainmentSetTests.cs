using CsCheck;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Tools;
using Paddock.Testing;

namespace Paddock.Core.Tests.Containments;

public class ContainmentSetTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly PrincipalId ada = PrincipalId.Create(PrincipalKind.User, new(1, 0, 0, new byte[8]));
    private static readonly PrincipalId bob = PrincipalId.Create(PrincipalKind.User, new(2, 0, 0, new byte[8]));
    private static readonly KeyId laptop = KeyId.Create(new(3, 0, 0, new byte[8]));
    private static readonly KeyId server = KeyId.Create(new(4, 0, 0, new byte[8]));

    private static readonly ContainmentFacts call = new()
    {
        User = ada,
        Key = laptop,
        Agent = "codex",
        Task = "task_1",
        NativeTask = "ses-1",
        ParentTask = "task_0",
        NativeParentTask = "ses-0",
        Model = "fast",
        UpstreamModel = "gpt-5-mini",
        Provider = "openai",
    };

    private static readonly McpToolName createIssue = new("github", "create_issue");

    public static TheoryData<string, ContainmentSelector> Fitting => new()
    {
        { "user", new() { User = ada } }, { "key", new() { Key = laptop } }, { "agent", new() { Agent = "Codex" } },
        { "task", new() { Task = "task_1" } }, { "the agent's own task", new() { Task = "ses-1" } }, { "the task before it", new() { Task = "task_0" } }, { "the agent's own task before it", new() { Task = "ses-0" } },
        { "model as asked", new() { Model = "fast" } }, { "model as sent", new() { Model = "gpt-5-mini" } }, { "models by pattern", new() { Model = "GPT-5*" } }, { "every model", new() { Model = "*" } },
        { "provider", new() { Provider = "openai" } }, { "all at once", new() { User = ada, Key = laptop, Agent = "codex", Task = "task_1", Model = "gpt*", Provider = "openai" } },
    };

    public static TheoryData<string, ContainmentSelector> Unfitting => new()
    {
        { "user", new() { User = bob } }, { "key", new() { Key = server } }, { "agent", new() { Agent = "code" } }, { "task", new() { Task = "task_2" } }, { "model", new() { Model = "gpt-5" } },
        { "provider", new() { Provider = "azure" } }, { "one of two", new() { User = ada, Provider = "azure" } }, { "nothing named", new() },
    };

    [Theory]
    [MemberData(nameof(Fitting))]
    public void A_call_is_stopped_by_what_fits_it(string what, ContainmentSelector selector)
    {
        var set = Set(One(selector));

        set.OfCall(call, noon).ShouldNotBeNull(what).Selector.ShouldBe(selector);
        set.OfTool(call, "bash", null, noon).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Unfitting))]
    public void A_call_is_not_stopped_by_what_differs_in_one_part(string what, ContainmentSelector selector) => Set(One(selector)).OfCall(call, noon).ShouldBeNull(what);

    [Fact]
    public void What_is_not_known_of_a_call_fits_nothing_that_names_it()
    {
        var unknown = new ContainmentFacts { User = ada, Key = laptop };
        foreach (var selector in new ContainmentSelector[] { new() { Agent = "codex" }, new() { Task = "task_1" }, new() { Model = "*" }, new() { Provider = "openai" } })
        {
            Set(One(selector)).OfCall(unknown, noon).ShouldBeNull(selector.ToString());
        }
    }

    [Theory]
    [InlineData("bash", "bash", false)]
    [InlineData("Bash", "bash", false)]
    [InlineData("ba*", "bash", false)]
    [InlineData("github/create_issue", "mcp__github__create_issue", true)]
    [InlineData("GitHub/*", "mcp--github--create_issue", true)]
    [InlineData("mcp__github__*", "mcp__github__create_issue", true)]
    [InlineData("*", "anything", false)]
    public void A_tool_is_stopped_by_its_name_or_its_server_and_name(string named, string tool, bool isMcp)
    {
        var set = Set(One(new() { Tool = named, User = ada }));

        set.OfTool(call, tool, isMcp ? createIssue : null, noon).ShouldNotBeNull();
        set.OfTool(call with { User = bob }, tool, isMcp ? createIssue : null, noon).ShouldBeNull();
        set.OfCall(call, noon).ShouldBeNull();
        set.MayStopTools(call, noon).ShouldBeTrue();
        set.MayStopTools(call with { User = bob }, noon).ShouldBeFalse();
    }

    [Theory]
    [InlineData("github/create", "create_issue")]
    [InlineData("git/create_issue", "create_issue")]
    [InlineData("github", "create_issue")]
    [InlineData("gith*/create_issue", "create_issue")]
    public void A_tool_is_not_stopped_by_half_of_its_name(string named, string tool) => Set(One(new() { Tool = named })).OfTool(call, tool, createIssue, noon).ShouldBeNull();

    [Theory]
    [InlineData("github/create_issue", true)]
    [InlineData("GitHub/*", true)]
    [InlineData("mcp__github__create_*", true)]
    [InlineData("mcp__*", true)]
    [InlineData("*", true)]
    [InlineData("gitlab/create_issue", false)]
    [InlineData("github", false)]
    [InlineData("github2/*", false)]
    [InlineData("mcp__github2__create_issue", false)]
    [InlineData("bash", false)]
    public void A_server_whose_tools_are_not_told_is_stopped_with_any_of_them(string named, bool isStopped) =>
        (Set(One(new() { Tool = named })).OfTool(call, "mcp__github__*", new("github", McpToolName.Any), noon) is not null).ShouldBe(isStopped);

    [Fact]
    public void Of_several_the_one_that_ends_last_is_told()
    {
        var set = Set(One(new() { User = ada }, 10), One(new() { Agent = "codex" }, 90), One(new() { Model = "fast" }, 30));

        set.OfCall(call, noon).ShouldNotBeNull().ExpiresAt.ShouldBe(noon.AddMinutes(90));
        set.OfCall(call, noon.AddMinutes(90)).ShouldBeNull();
    }

    [Fact]
    public void One_that_is_lifted_or_over_stops_nothing_and_one_that_names_nothing_never_did() =>
        Gen.Select(Gen.OneOfConst(Fitting.Select(row => row.Data.Item2).ToArray()), Gen.Int[1, 5_000], Gen.Int[0, 10_000], Gen.Int[-1, 10_000], Gen.Bool).Sample(
            (selector, minutes, passed, lifted, ofTool) =>
            {
                var made = One(ofTool ? selector with { Tool = "*" } : selector, minutes) with { LiftedAt = lifted < 0 ? null : noon.AddMinutes(lifted) };
                var now = noon.AddMinutes(passed);
                var set = Set(made, One(new()));

                var found = ofTool ? set.OfTool(call, "bash", null, now) : set.OfCall(call, now);

                (found is not null).ShouldBe(lifted < 0 && passed < minutes);
                made.IsInForce(now).ShouldBe(found is not null);
                set.CountInForce(now).ShouldBe(found is null ? 0 : 1);
                set.MayStopTools(call, now).ShouldBe(ofTool && found is not null);
                made.StateAt(now).ShouldBe(lifted >= 0 ? ContainmentState.Lifted : passed < minutes ? ContainmentState.InForce : ContainmentState.Expired);
            },
            iter: Samples.Of(1_000));

    [Fact]
    public void Asking_allocates_nothing()
    {
        var set = Set([.. Enumerable.Range(0, 50).Select(i => One(new() { Model = $"model-{i}*", Agent = "codex" })), One(new() { Tool = "github/x*" }), One(new() { Task = "ses-1" })]);
        var facts = call;
        long Asked()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                _ = set.OfCall(facts, noon) ?? set.OfTool(facts, "bash", createIssue, noon);
                _ = set.MayStopTools(facts, noon);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Asked();
        Asked().ShouldBe(0);
    }

    private static ContainmentSet Set(params ReadOnlySpan<Containment> all) => new(1, [.. all]);

    private static Containment One(ContainmentSelector selector, int minutes = 60) => new()
    {
        Id = ContainmentId.Create(new(9, 0, 0, new byte[8])),
        Selector = selector,
        Reason = "why",
        CreatedBy = "system:local",
        CreatedAt = noon,
        ExpiresAt = noon.AddMinutes(minutes),
    };
}
