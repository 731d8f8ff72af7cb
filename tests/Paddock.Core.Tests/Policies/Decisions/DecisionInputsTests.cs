using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tests.Tools.Shell;
using Paddock.Core.Tools;
using Paddock.Testing;

namespace Paddock.Core.Tests.Policies.Decisions;

/// <summary>What is kept of a judged call: enough to judge it again, nothing that is secret.</summary>
public class DecisionInputsTests
{
    private static readonly PolicySet policies = Rules.Set(
        Rules.Policy("shell", """
            - id: git
              match: {commands: [[git], [ls]]}
              effect: allow
              because: reading is fine
              tests: [{match: git status}, {notMatch: rm x}]
            - id: removes
              match: {commands: [[rm], [sh]], modes: [code]}
              effect: deny
              because: nothing is removed
              tests: [{match: rm x, with: {task.mode: code}}, {notMatch: ls}]
            - id: outside
              match: {paths: {any: ["~/**", "/etc/**"]}}
              effect: deny
              because: it is not yours
              tests: [{match: cat /etc/passwd}, {notMatch: ls}]
            - id: writes
              when: call.writesTo.exists(file, file.endsWith(".sh")) || call.hosts.exists(host, host.inDomain("example.com")) || call.text.contains("HEAD")
              effect: deny
              because: no scripts
              tests: [{match: echo x > a.sh}, {notMatch: ls}]
            - id: variables
              when: call.env.exists(one, one.startsWith("LD_PRELOAD=")) || call.runsInput || call.opaque
              effect: deny
              because: nobody can tell what runs
              tests: [{match: LD_PRELOAD=x ls}, {notMatch: ls}]
            """),
        Rules.Binding("shell"));

    [Fact]
    public void A_kept_call_is_judged_as_the_call_was_wherever_it_says_that_it_can_be()
    {
        var told = 0;
        for (var seed = 0; seed < Samples.Of(3000); seed++)
        {
            var line = new HostileLines(seed).Next();
            var subject = Rules.Command(line, facts =>
            {
                facts.Set(Fact.CallText, line);
                facts.Set(Fact.TaskMode, seed % 2 == 0 ? "code" : null);
            });

            var kept = InputKeeper.Keep(subject);
            var again = kept.ToSubject();

            if (kept.Suffices(policies, again))
            {
                told++;
                policies.Say(again).ShouldBe(policies.Say(subject), line);
            }
        }

        told.ShouldBeGreaterThan(1500);
    }

    [Theory]
    [InlineData("git push origin main && npm test -- --grep 'a b' > out.txt 2>&1")]
    [InlineData("find . -name '*.cs' | xargs grep -n TODO")]
    [InlineData("cd src && cat ../README.md && curl https://example.com/a?b=c")]
    public void An_everyday_line_is_kept_as_it_is(string line)
    {
        var subject = Rules.Command(line, facts => facts.Set(Fact.CallText, line));

        var kept = InputKeeper.Keep(subject);
        var again = kept.ToSubject();

        kept.Altered.ShouldBeEmpty();
        kept.Suffices(policies, again).ShouldBeTrue();
        foreach (var info in FactTable.Closed)
        {
            again.Facts.Has(info.Fact).ShouldBe(subject.Facts.Has(info.Fact), info.Name);
            ValueOf(again, info).ShouldBe(ValueOf(subject, info), info.Name);
        }
    }

    [Theory]
    [InlineData("curl -H 'Authorization: Bearer abcdef123456' https://example.com", "abcdef123456")]
    [InlineData("curl -u ada:hunter22 https://example.com", "hunter22")]
    [InlineData("sh -c 'curl -u ada:hunter22 https://example.com'", "hunter22")]
    [InlineData("git clone https://ada:s3cretword@example.com/x.git", "s3cretword")]
    [InlineData("gh auth login --with-token ghp_0123456789abcdefABCDEF0123456789abcd", "ghp_0123456789abcdefABCDEF0123456789abcd")]
    [InlineData("tool --password hunter22 --user ada", "hunter22")]
    [InlineData("tool --api-key=hunter22abc", "hunter22abc")]
    [InlineData("mysql -phunter22 -u root", "hunter22")]
    [InlineData("PGPASSWORD=hunter22 psql -h db", "hunter22")]
    [InlineData("export API_TOKEN='hunter22 and more' && run", "hunter22 and more")]
    [InlineData("env NAME=innocent run", "innocent")]
    [InlineData("aws configure set aws_secret_access_key wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY")]
    [InlineData("echo eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcDEF123_x > token.txt", "eyJhbGciOiJIUzI1NiJ9")]
    public void A_secret_in_a_line_is_kept_nowhere_and_what_was_altered_is_told(string line, string secret)
    {
        var subject = Rules.Command(line, facts => facts.Set(Fact.CallText, $$"""{"command":"{{line}}"}"""));

        var kept = InputKeeper.Keep(subject);

        var all = string.Join('\n', [.. kept.Texts.Values, .. kept.Line.ShouldNotBeNull().Commands.SelectMany(command => command.Argv), .. kept.Line.Env.Select(pair => pair.Value), .. kept.Line.Paths, .. kept.Line.Hosts, .. kept.Line.WritesTo]);
        all.ShouldNotContain(secret);
        kept.Altered.ShouldNotBeEmpty();
        kept.ToSubject().Class.ShouldBe(ToolClass.Command);
    }

    [Fact]
    public void A_masked_secret_keeps_its_shape_for_rules_that_look_for_it()
    {
        var kept = InputKeeper.Keep(Rules.Command("push ghp_0123456789abcdefABCDEF0123456789abcd"));

        kept.Line.ShouldNotBeNull().Commands[0].Argv.ShouldBe(["push", "ghp_0000000000xxxxxxXXXXXX0000000000xxxx"]);
    }

    [Theory]
    [InlineData(ToolClass.Edit)]
    [InlineData(ToolClass.Mcp)]
    [InlineData(ToolClass.Subtask)]
    [InlineData(ToolClass.Other)]
    public void What_is_written_or_sent_is_payload_and_not_kept(ToolClass tool)
    {
        var subject = Rules.Call(new(tool) { Paths = ["src/a.cs"] }, facts => facts.Set(Fact.CallText, """{"content":"all of a file"}"""));

        var kept = InputKeeper.Keep(subject);

        kept.Texts.ShouldNotContainKey("call.text");
        kept.Altered.ShouldBe(["call.text"]);
        kept.Paths.ShouldBe(["src/a.cs"]);
    }

    [Fact]
    public void A_call_that_says_too_much_is_kept_bare_and_never_judged_by_it()
    {
        var kept = InputKeeper.Keep(Rules.Command("echo " + new string('a', InputKeeper.MostCharacters)));

        kept.IsBare.ShouldBeTrue();
        kept.Line.ShouldNotBeNull().Commands.ShouldBeEmpty();
        kept.Suffices(policies, kept.ToSubject()).ShouldBeFalse();
    }

    private static string ValueOf(PolicySubject subject, FactInfo info) => info.Type switch
    {
        FactType.Text => subject.Facts.Text(info.Fact),
        FactType.Number => subject.Facts.Number(info.Fact).ToString(System.Globalization.CultureInfo.InvariantCulture),
        FactType.Flag => subject.Facts.Flag(info.Fact).ToString(),
        FactType.Texts => string.Join('|', subject.Facts.Texts(info.Fact)),
        _ => string.Join('|', subject.Facts.TextLists(info.Fact).Select(list => string.Join(' ', list))),
    };
}
