using Paddock.Core.Policies.Expressions;
using Paddock.Core.Policies.Facts;

namespace Paddock.Core.Tests.Policies.Expressions;

/// <summary>What conditions mean, and which are refused.</summary>
public sealed class ExpressionTests
{
    private static readonly FactValues facts = Facts();

    public static TheoryData<string, Truth> Conditions { get; } = new()
    {
        { "true", Truth.True },
        { "key.environment == \"prod\" && task.spend > 5.0 && !(\"sec-lead\" in user.groups)", Truth.True },
        { "\"read_external\" in task.taint && size(call.hosts) > 0", Truth.True },
        { "call.hosts.exists(h, h.inDomain('corp.example'))", Truth.True },
        { "call.hosts.all(h, h.inDomain('corp.example'))", Truth.False },
        { "call.hosts.exists_one(h, h == '10.1.2.3')", Truth.True },
        { "call.hosts.exists(h, h.inCidr('10.0.0.0/8'))", Truth.True },
        { "call.hosts.exists(h, h.inCidr('10.2.0.0/16'))", Truth.False },
        { "call.argv.exists(c, c[0] == 'git' && 'push' in c)", Truth.True },
        { "call.argv.exists(c, c[9] == 'git' || c[0] == 'git')", Truth.True },
        { "call.argv.exists(c, c[9] == 'git')", Truth.Error },
        { "call.argv[0][1] == 'push'", Truth.True },
        { "call.writesTo.filter(p, p.glob('src/**')).size() == 2", Truth.True },
        { "call.writesTo.exists(p, p.glob('**/.env'))", Truth.True },
        { "'.env'.glob('**/.env')", Truth.True },
        { "'a/b/c.cs'.glob('a/*.cs')", Truth.False },
        { "'a/b/c.cs'.glob('a/**/*.c?')", Truth.True },
        { "'a/b'.glob('a/b/**')", Truth.True },
        { "'ab'.glob('a')", Truth.False },
        { "has(task.mode) && !has(mcp.server)", Truth.True },
        { "mcp.server == ''", Truth.True },
        { "task.turns > 40 ? task.spend < 1.0 : task.spend >= 7.5", Truth.True },
        { "call.text.matches('^\\\\s*git\\\\b')", Truth.True },
        { "call.text.matches(r'push\\s+--force')", Truth.False },
        { "size('a😀é') == 3", Truth.True },
        { "'\\u00e9' == 'é' && '\\U0001F600' == '😀' && '\\x41' == 'A' && '\\101' == 'A'", Truth.True },
        { "1 == 1.0 && 2 > 1.5 && 9223372036854775807 < 9223372036854775808.0", Truth.True },
        { "9223372036854775807 + 1 > 0", Truth.Error },
        { "false && 9223372036854775807 + 1 > 0", Truth.False },
        { "9223372036854775807 + 1 > 0 && false", Truth.False },
        { "9223372036854775807 + 1 > 0 || true", Truth.True },
        { "9223372036854775807 + 1 > 0 || false", Truth.Error },
        { "!(9223372036854775807 + 1 > 0)", Truth.Error },
        { "[1, 2, 3].all(x, x > 0) && 2 in [1, 2] && !(5 in [])", Truth.True },
        { "[[1], [2]].exists(x, x == [2])", Truth.True },
        { "timestamp('2026-01-01T00:00:00Z') + duration('24h') == timestamp('2026-01-02T00:00:00Z')", Truth.True },
        { "duration('1h30m') > duration('5400s')", Truth.False },
        { "-task.turns < 0 && -9223372036854775808 < 0", Truth.True },
        { "'\\uE000' < '\\U0001F600'", Truth.True },
        { "true // a comment", Truth.True },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_is_true_false_or_an_error(string text, Truth truth) => Compile(text).Evaluate(facts).ShouldBe(truth);

    public static TheoryData<string, string?, string?> Faulty { get; } = new()
    {
        { "tsk.mode == 'code'", "There is no fact 'tsk.mode'.", "task.mode" },
        { "task.risk > 5", "There is no fact 'task.risk'.", null },
        { "call.tool = 'x'", "'=' is not part of this language. Write == to compare.", null },
        { "not (task.mode == 'code')", "There is no function 'not'; there are size, timestamp, duration, has.", null },
        { "task.mode.startswith('c')", "There is no method 'startswith'", "startsWith" },
        { "task.mode == 5", "A string and a int cannot be compared by '=='.", null },
        { "task.turns > '5'", "A int and a string cannot be compared by '>'.", null },
        { "task.spend + task.turns > 1.0", "'+' takes two integers", null },
        { "call.opaque > false", "cannot be compared by '>'", null },
        { "task.turns", "A condition is true or false; this is a int.", null },
        { "task.mode && true", "What stands before '&&' must be a bool; this is a string.", null },
        { "call.opaque and true", "Here the expression should end", null },
        { "call.opaque &", "'&' is not part of this language. Write &&.", null },
        { "", "The expression ends where a value should stand.", null },
        { "(call.opaque", "A ')' is missing at the end.", null },
        { "'open", "This text has no end.", null },
        { "call.text.matches(call.tool)", "a pattern that is written out", null },
        { "call.text.matches('(')", "This pattern cannot be read", null },
        { "call.text.matches('(a)\\\\1')", "This pattern cannot be read", null },
        { "call.hosts.exists(call, true)", null, null },
        { "call.hosts.exists(h, h)", "What 'exists' asks of each element must be a bool", null },
        { "call.text.exists(c, true)", "'exists' looks through a list, not a string.", null },
        { "'x' in call.text", "'in' looks for a value in a list of its type", null },
        { "1 in call.hosts", "'in' looks for a value in a list of its type", null },
        { "call.hosts[0", "A ']' is missing at the end.", null },
        { "call.hosts['a'] == 'b'", "An integer stands in the brackets", null },
        { "size(5) > 1", "A int has no size", null },
        { "[1, 'a'].size() > 0", "All elements of a list have one type", null },
        { "99999999999999999999 > 1", "An integer has at most 64 bits.", null },
        { "1u > 0", "Unsigned numbers", null },
        { "2 * 3 > 1", "There is no multiplication", null },
        { "null == null", "There is no null here", null },
        { "call.hosts.exists(a, call.hosts.exists(b, call.hosts.exists(c, a == b && b == c)))", "steps", null },
        { "'h'.inCidr('10.0.0.0/99')", "This is no network", null },
        { "timestamp('yesterday') == timestamp('2026-01-01T00:00:00Z')", "'timestamp' takes a moment", null },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_cannot_be_judged_is_refused_with_the_place_and_a_remedy(string text, string? message, string? suggestion)
    {
        var outcome = ExpressionCompiler.Compile(text);
        if (message is null)
        {
            outcome.ShouldBeOfType<ExpressionOutcome.Compiled>();
            return;
        }

        var fault = outcome.ShouldBeOfType<ExpressionOutcome.Rejected>().Faults.ShouldHaveSingleItem();
        fault.Message.ShouldContain(message);
        fault.Suggestion?.ShouldContain(suggestion ?? "");
        (suggestion is null || fault.Suggestion is not null).ShouldBeTrue();
        fault.Offset.ShouldBeInRange(0, text.Length);
    }

    [Fact]
    public void Depth_and_length_have_bounds()
    {
        ExpressionCompiler.Compile(new string('(', 5_000)).ShouldBeOfType<ExpressionOutcome.Rejected>();
        ExpressionCompiler.Compile(new string('(', 100) + "true" + new string(')', 100)).ShouldBeOfType<ExpressionOutcome.Rejected>();
        ExpressionCompiler.Compile(new string('!', 3_000) + "true").ShouldBeOfType<ExpressionOutcome.Rejected>();
    }

    [Fact]
    public void It_tells_which_facts_it_uses_and_which_operand_failed()
    {
        var expression = Compile("task.mode == 'ask' && (call.opaque || size(call.hosts) > 1) && task.spend > 1.0");

        expression.Uses.ShouldBe(FactMask.Of(Fact.TaskMode, Fact.CallOpaque, Fact.CallHosts, Fact.TaskSpend));
        expression.Explain(facts).Select(operand => $"{operand.Text}: {operand.Truth}").ShouldBe(["task.mode == 'ask': False", "(call.opaque || size(call.hosts) > 1): True", "task.spend > 1.0: True"]);
        Compile("task.mode == 'a' || call.opaque && true").Explain(facts).ShouldHaveSingleItem().Text.ShouldBe("task.mode == 'a' || call.opaque && true");
    }

    [Fact]
    public void Evaluating_allocates_nothing()
    {
        var all = ((string[])
        [
            "key.environment == \"prod\" && task.spend > 5.0 && !(\"sec-lead\" in user.groups)", "call.hosts.exists(h, h.inDomain('corp.example') || h.inCidr('10.0.0.0/8'))",
            "call.writesTo.filter(p, p.glob('src/**')).size() == 2 && call.argv.exists_one(c, c[0] == 'git')", "call.text.matches('^git\\\\b') && call.text.startsWith('git') && call.text.contains('push') && call.text.endsWith('main')",
            "[1, 2, task.turns].all(x, x + 1 - 2 >= -5) && (call.opaque ? 1 : 2) == 2 && has(task.mode)", "size(call.text) > 3 && 9223372036854775807 + task.turns > 0", "duration('1h') < duration('2h') && 1 < 1.5",
        ]).Select(Compile).ToArray();
        Run(all, 200);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(all, 10_000);

        ((GC.GetAllocatedBytesForCurrentThread() - before) / (10_000 * all.Length)).ShouldBe(0); // a pattern may be compiled anew once in a while
    }

    private static void Run(Expression[] all, int times)
    {
        for (var i = 0; i < times; i++)
        {
            foreach (var one in all)
            {
                one.Evaluate(facts);
            }
        }
    }

    private static Expression Compile(string text) => ExpressionCompiler.Compile(text).ShouldBeOfType<ExpressionOutcome.Compiled>().Expression;

    private static FactValues Facts()
    {
        var values = new FactValues();
        values.Set(Fact.KeyEnvironment, "prod");
        values.Set(Fact.TaskSpend, 7.5);
        values.Set(Fact.TaskTurns, 12);
        values.Set(Fact.TaskMode, "code");
        values.Set(Fact.TaskTaint, ["read_external"]);
        values.Set(Fact.CallText, "git push origin main");
        values.Set(Fact.CallHosts, ["git.corp.example", "10.1.2.3"]);
        values.Set(Fact.CallWritesTo, ["src/a.cs", "src/b/.env", "README.md"]);
        IReadOnlyList<IReadOnlyList<string>> argv = [["git", "push", "origin", "main"], ["ls"]];
        values.Set(Fact.CallArgv, argv);
        return values;
    }
}
