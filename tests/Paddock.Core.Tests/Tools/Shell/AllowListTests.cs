using Paddock.Core.Policies;
using Paddock.Core.Tests.Policies;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>Lines that are hostile, judged under a release that allows a lot.</summary>
public sealed class AllowListTests
{
    private const string Harmless = "[[git, npm, npx, echo, cat, ls, find, printenv, grep, rg, awk, sed, tar, sort, less, man, env, xargs, test, \"[\", \"[[\", head, tail, wc, node, python3, printf, cd, diff, jq, time, timeout, nohup, nice, command, sudo, ssh, docker]]";

    /// <summary>Whoever writes so, allows all these programs whatever they are told, as long as the line is plain words.</summary>
    private static readonly PolicySet byProgram = Rules.Set(
        Rules.Defaults("{default: deny}"),
        Rules.Policy("generous", $"- id: harmless\n  match: {{commands: [{Harmless}]}}\n  effect: allow"),
        Rules.Binding("generous"));

    /// <summary>And so, also where the line reads and writes in the workspace, sets variables and expands.</summary>
    private static readonly PolicySet byFacts = Rules.Set(
        Rules.Defaults("{default: deny}"),
        Rules.Policy("generous", $$"""
            - id: harmless
              match: {commands: [{{Harmless.Replace("printenv, ", "", StringComparison.Ordinal)}}]}
              when: call.writesTo.all(path, path.matches("^[A-Za-z0-9][^$`{}]*$")) && size(call.env) < 9 && call.paths.all(path, !path.startsWith("/") && !path.contains("~")) && (call.hasExpansion || !call.runsInput)
              effect: allow
            """),
        Rules.Binding("generous"));

    public static TheoryData<string> Attacks { get; } =
    [
        .. LineCorpus.Attacks.SelectMany(group => group.Lines),
        "git\u200b status; rm -rf x", "echo \u202erm -rf x", "git status\rrm -rf x", "git status\u0085rm -rf x", "git status\u2028rm -rf x", "git\u00a0status; rm x", "echo a\0rm -rf x", "echo \ud800; rm x",
        "echo " + string.Concat(Enumerable.Repeat("a ", 9_000)) + "; rm -rf x",
        string.Concat(Enumerable.Repeat("git status; ", 65)) + "rm -rf x",
        string.Concat(Enumerable.Repeat("env ", 40)) + "rm -rf x",
        "x=--output=/etc/x; git log $x", "git log $X", "git log \"$X\"", "for f in --output=/etc/x; do git log $f; done", "ls | xargs git log", "sort $X", "find $X", "sed $X", "rg $X", "tar $X", "git $X", "echo --pre=sh | xargs rg x",
        "f=~/.ssh/id_rsa; cat $f > ~/x", "printf -v x '%s' y; $x",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_hostile_line_is_allowed_by_no_rule(string line)
    {
        byProgram.Judge(Rules.Command(line)).Effect.ShouldBe(Effect.Deny);
        byFacts.Judge(Rules.Command(line)).Effect.ShouldBe(Effect.Deny);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nor_where_nobody_can_tell_which_shell_of_Windows_runs_it(string line)
    {
        var call = new CallArguments(ToolClass.Command) { Line = ShellReader.Read(line, ShellDialect.Windows) };

        byProgram.Judge(Rules.Call(call)).Effect.ShouldBe(Effect.Deny);
        byFacts.Judge(Rules.Call(call)).Effect.ShouldBe(Effect.Deny);
    }

    [Fact]
    public void The_same_rules_allow_what_is_harmless()
    {
        foreach (var line in new[] { "git status && git log -n 5", "cat a.txt | head -5", "find . -name '*.ts'", "npm test 2>&1 | tail -20", "awk '{print $1}' x" })
        {
            byProgram.Judge(Rules.Command(line)).Effect.ShouldBe(Effect.Allow, line);
        }

        byFacts.Judge(Rules.Command("for f in src/*.ts; do wc -l \"$f\" >> out.txt; done")).Effect.ShouldBe(Effect.Allow);
    }
}
