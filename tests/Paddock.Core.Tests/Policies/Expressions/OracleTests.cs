using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Paddock.Core.Policies.Expressions;
using Paddock.Core.Policies.Facts;
using Paddock.Testing;

namespace Paddock.Core.Tests.Policies.Expressions;

/// <summary>Expressions mean what they mean to another implementation of CEL (npm's @bufbuild/cel): the same value, or an error in both.</summary>
public sealed class OracleTests
{
    private const string Folder = "tests/Paddock.Core.Tests/Policies/Expressions/Oracle";

    private static readonly string[] texts = ["", "a", "ab", "git push", "é", "😀x", "/etc/passwd", "prod"];

    [Fact]
    public async Task Expressions_have_the_value_that_another_implementation_gives_them()
    {
        var count = (int)Samples.Of(2_000);
        var pcg = new PCG(7, 20_261_124);
        var cases = Enumerable.Range(0, count).Select(_ => Cases.Generate(pcg, null, out var _)).ToArray();
        var theirs = await AskAsync(cases);

        var differ = new List<string>();
        var tally = new Dictionary<string, int>();
        for (var i = 0; i < count; i++)
        {
            var ours = ExpressionCompiler.Compile(cases[i].Text) switch
            {
                ExpressionOutcome.Compiled compiled => Enum.GetName(compiled.Expression.Evaluate(cases[i].Values()))!.ToLowerInvariant(),
                ExpressionOutcome.Rejected { Faults: [{ Message: var message }] } when message.Contains("steps where", StringComparison.Ordinal) => "too costly",
                ExpressionOutcome.Rejected rejected => "rejected: " + rejected.Faults[0].Message,
                _ => throw new InvalidOperationException(),
            };
            tally[ours] = tally.GetValueOrDefault(ours) + 1;
            if (ours != theirs[i] && ours != "too costly")
            {
                differ.Add($"{cases[i].Text}\n  ours {ours}, theirs {theirs[i]}");
            }
        }

        differ.ShouldBeEmpty($"{differ.Count} of {count} differ:\n{string.Join('\n', differ.Take(20))}");
        tally.Keys.Order().ShouldBe(["error", "false", "too costly", "true"]);
        tally["too costly"].ShouldBeLessThan(count / 50);
        TestContext.Current.SendDiagnosticMessage(string.Join(", ", tally.Select(one => $"{one.Key} {one.Value}")));
    }

    private static readonly Gen<string> Literal = Gen.OneOfConst(texts).Select(Quote);

    /// <summary>Not the smallest: negated, the other implementation does not see that it overflows. For the like, no double beyond what is exact: it compares with an integer after rounding that.</summary>
    private static readonly Gen<string> Integer = Gen.Frequency((4, Gen.Int[-5, 20].Select(number => number.ToString(CultureInfo.InvariantCulture))), (2, Gen.OneOfConst("task.turns", "task.files")), (1, Gen.OneOfConst("9223372036854775807", "-9223372036854775807")));

    private static readonly Gen<string> Double = Gen.OneOf(Gen.OneOfConst("0.5", "7.5", "-2.0", "1e3", "task.spend"), Gen.Int[-3, 9].Select(number => $"{number}.0"));

    private static readonly Gen<string> List = Gen.Frequency((3, Gen.OneOfConst("call.hosts", "user.teams", "call.argv[0]", "call.argv[1]")), (2, Literal.Array[0, 3].Select(items => $"[{string.Join(", ", items)}]")));

    private static Gen<string> TextOf(int depth) => depth == 0 ? Gen.OneOf(Literal, Gen.OneOfConst("call.text", "task.mode", "key.environment"))
        : Gen.Frequency((4, TextOf(0)), (1, Gen.Select(List, Integer, (list, index) => $"{list}[{index}]")), (1, Gen.Select(BoolOf(depth - 1), TextOf(depth - 1), TextOf(depth - 1), (a, b, c) => $"({a} ? {b} : {c})")));

    private static Gen<string> IntegerOf(int depth) => depth == 0 ? Integer
        : Gen.Frequency((3, Integer), (2, Gen.Select(IntegerOf(depth - 1), Gen.OneOfConst("+", "-"), IntegerOf(depth - 1), (a, sign, b) => $"({a} {sign} {b})")), (1, List.Select(list => $"size({list})")), (1, TextOf(depth - 1).Select(text => $"{text}.size()")), (1, Integer.Select(number => $"-({number})")));

    private static Gen<string> DoubleOf(int depth) => depth == 0 ? Double : Gen.Frequency((3, Double), (1, Gen.Select(DoubleOf(depth - 1), Gen.OneOfConst("+", "-"), DoubleOf(depth - 1), (a, sign, b) => $"({a} {sign} {b})")));

    private static Gen<string> BoolOf(int depth)
    {
        var atom = Gen.OneOfConst("true", "false", "call.opaque", "call.mutating", "has(task.mode)", "has(mcp.server)");
        if (depth == 0)
        {
            return atom;
        }

        var compare = Gen.OneOfConst("==", "!=", "<", "<=", ">", ">=");
        return Gen.Frequency(
            (1, atom),
            (3, Gen.Select(BoolOf(depth - 1), Gen.OneOfConst("&&", "||"), BoolOf(depth - 1), (a, mark, b) => $"({a} {mark} {b})")),
            (1, BoolOf(depth - 1).Select(inner => $"!({inner})")),
            (1, Gen.Select(BoolOf(depth - 1), BoolOf(depth - 1), BoolOf(depth - 1), (a, b, c) => $"({a} ? {b} : {c})")),
            (2, Gen.Select(IntegerOf(depth - 1), compare, IntegerOf(depth - 1), (a, mark, b) => $"{a} {mark} {b}")),
            (1, Gen.Select(DoubleOf(depth - 1), compare, DoubleOf(depth - 1), (a, mark, b) => $"{a} {mark} {b}")),
            (1, Gen.Select(IntegerOf(depth - 1), compare, DoubleOf(depth - 1), (a, mark, b) => $"{a} {mark} {b}")),
            (2, Gen.Select(TextOf(depth - 1), Gen.OneOfConst("==", "!="), TextOf(depth - 1), (a, mark, b) => $"{a} {mark} {b}")),
            (2, Gen.Select(TextOf(depth - 1), Gen.OneOfConst("startsWith", "endsWith", "contains"), TextOf(depth - 1), (a, name, b) => $"{a}.{name}({b})")),
            (1, Gen.Select(TextOf(depth - 1), Gen.OneOfConst("^a", "b$", "[a-z]+ p", "é|x", "^$"), (a, pattern) => $"{a}.matches('{pattern}')")),
            (1, Gen.Select(TextOf(depth - 1), List, (a, list) => $"{a} in {list}")),
            (1, Gen.Select(List, Gen.OneOfConst("==", "!="), List, (a, mark, b) => $"{a} {mark} {b}")),
            (2, Gen.Select(List, Gen.OneOfConst("exists", "all", "exists_one"), ElementTest, BoolOf(depth - 1), (list, macro, test, other) => $"{list}.{macro}(e, {test} || {other})")),
            (1, Gen.Select(List, Gen.OneOfConst("exists", "all"), IntegerOf(depth - 1), (list, macro, index) => $"{list}.{macro}(e, e == call.hosts[{index}])")),
            (1, Gen.Select(List, ElementTest, Integer, (list, test, number) => $"{list}.filter(e, {test}).size() > {number}")));
    }

    private static Gen<string> ElementTest => Gen.OneOf(Literal.Select(text => $"e == {text}"), Literal.Select(text => $"e.contains({text})"), Gen.Int[0, 3].Select(size => $"size(e) > {size}"));

    private static Gen<Case> Cases => Gen.Select(BoolOf(4), Gen.OneOfConst(texts).Array[0, 3], Gen.Int[-2, 12], Gen.OneOfConst(7.5, 0.0, -1.5, 1e3), Gen.OneOfConst(texts), Gen.Bool, (text, hosts, turns, spend, mode, opaque) => new Case(text, hosts, turns, spend, mode, opaque));

    private static string Quote(string text) => "'" + string.Concat(text.EnumerateRunes().Select(rune => rune.Value > 126 ? string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}") : rune.ToString())) + "'";

    private static async Task<List<string>> AskAsync(IReadOnlyList<Case> cases)
    {
        var start = new ProcessStartInfo("node", [RepositoryFolder.Of(Folder, "evaluate.mjs"), RepositoryFolder.Of("artifacts", "oracle")]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false) };
        using var node = Process.Start(start).ShouldNotBeNull();
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (var one in cases)
        {
            await node.StandardInput.WriteLineAsync(one.Json());
        }

        node.StandardInput.Close();
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        lines.Count.ShouldBe(cases.Count, await errors);
        return lines;
    }

    private sealed record Case(string Text, string[] Hosts, int Turns, double Spend, string Mode, bool Opaque)
    {
        private static readonly string[][] argv = [["git", "push"], ["ls", "-l", "a"]];

        public FactValues Values()
        {
            var values = new FactValues();
            values.Set(Fact.CallHosts, Hosts);
            values.Set(Fact.UserTeams, ["a", "prod"]);
            values.Set(Fact.CallArgv, argv);
            values.Set(Fact.CallText, "git push");
            values.Set(Fact.CallOpaque, Opaque);
            values.Set(Fact.CallMutating, true);
            values.Set(Fact.TaskMode, Mode);
            values.Set(Fact.KeyEnvironment, "prod");
            values.Set(Fact.TaskTurns, Turns);
            values.Set(Fact.TaskFiles, 3);
            values.Set(Fact.TaskSpend, Spend);
            return values;
        }

        public string Json() => new JsonObject
        {
            ["text"] = Text,
            ["facts"] = new JsonObject
            {
                ["call"] = new JsonObject { ["hosts"] = Array(Hosts), ["argv"] = new JsonArray([.. argv.Select(Array)]), ["text"] = "git push", ["opaque"] = Opaque, ["mutating"] = true },
                ["user"] = new JsonObject { ["teams"] = Array(["a", "prod"]) },
                ["task"] = new JsonObject { ["mode"] = Mode, ["turns"] = Int(Turns), ["files"] = Int(3), ["spend"] = new JsonObject { ["double"] = Spend.ToString("R", CultureInfo.InvariantCulture) } },
                ["key"] = new JsonObject { ["environment"] = "prod" },
                ["mcp"] = new JsonObject(),
            },
        }.ToJsonString();

        private static JsonArray Array(string[] items) => new([.. items.Select(item => (JsonNode)item)]);

        private static JsonObject Int(int number) => new() { ["int"] = number.ToString(CultureInfo.InvariantCulture) };
    }
}
