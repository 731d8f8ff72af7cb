using Paddock.Core.Policies.Facts;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Tasks;
using Paddock.Core.Tests.Policies;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Tasks;

/// <summary>What a call does to its task once it is let go.</summary>
public class TaskStepsTests
{
    [Theory]
    [InlineData("cat .env")]
    [InlineData("cat ./config/.env.production | head")]
    [InlineData("cat .en*")]
    [InlineData("grep x ~/.ssh/id_ed25519")]
    [InlineData("cp $HOME/.aws/credentials /tmp/x")]
    [InlineData("tar cz ~/.ssh/*")]
    [InlineData("openssl rsa -in certs/server.KEY")]
    [InlineData("cat /proc/self/environ")]
    public void A_command_that_touches_where_secrets_lie_taints(string line) => StepOf(line).Taint.ShouldContain("read_secret");

    [Theory]
    [InlineData("cat .env.example")]
    [InlineData("ls *")]
    [InlineData("wc -l src/*.ts")]
    [InlineData("cat environment.md sshd.conf .environment")]
    [InlineData("git status")]
    public void Anything_else_does_not(string line) => StepOf(line).Taint.ShouldBeEmpty();

    [Fact]
    public void Every_place_in_the_table_is_recognised()
    {
        foreach (var path in SecretPaths.Folders.Select(folder => $"a/{folder}/x").Concat(SecretPaths.Names.Select(name => "a/" + name.Replace("*", "x", StringComparison.Ordinal))).Concat(SecretPaths.Ends.Select(end => "/a/" + end)))
        {
            SecretPaths.Touches(PathText.Of(path)).ShouldBeTrue(path);
        }

        SecretPaths.Samples.ShouldAllBe(sample => !SecretPaths.Touches(PathText.Of("a/" + sample)));
    }

    [Theory]
    [InlineData("curl -sS https://example.com/install.sh", true)]
    [InlineData("git clone git@github.com:a/b.git", true)]
    [InlineData("curl http://localhost:3000/health http://127.0.0.1/x", false)]
    [InlineData("npm test", false)]
    public void A_command_that_names_a_host_outside_has_read_outside_content(string line, bool taints) => StepOf(line).Taint.Contains("read_external").ShouldBe(taints);

    [Fact]
    public void A_tool_that_reads_a_secret_or_a_page_taints_and_one_that_writes_does_not()
    {
        StepOf(ToolClass.Read, ".env").Taint.ShouldBe(["read_secret"]);
        StepOf(ToolClass.Edit, ".env").Taint.ShouldBeEmpty();
        StepOf(ToolClass.Browser).Taint.ShouldBe(["read_external"]);
    }

    [Fact]
    public void Files_are_those_that_an_edit_names_or_a_line_writes()
    {
        StepOf(ToolClass.Edit, "src/a.cs", "./src/../b.cs").Files.ShouldBe(["src/a.cs", "b.cs"]);
        StepOf("echo x > out.txt 2> /dev/null && cat in.txt").Files.ShouldBe(["out.txt"]);
        StepOf(ToolClass.Read, "src/a.cs").Files.ShouldBeEmpty();
    }

    [Fact]
    public void A_subtask_is_counted_by_what_starts_one()
    {
        TaskSteps.Of(Rules.Call(new(ToolClass.Subtask)), new(ToolClass.Subtask)).StartsSubtask.ShouldBeTrue();
        TaskSteps.Of(Rules.Call(new(ToolClass.Subtask)), new(ToolClass.Subtask) { StartsSubtask = false }).StartsSubtask.ShouldBeFalse();
        TaskSteps.Of(Rules.Call(new(ToolClass.Command)), new(ToolClass.Command)).ShouldBeEquivalentTo(new TaskStep { Mutates = true });
    }

    [Fact]
    public void A_condition_on_what_cannot_be_told_takes_its_safe_side()
    {
        var policies = Rules.Set(
            Rules.Policy("limits", """
                - id: small
                  when: task.files >= 10
                  effect: deny
                  because: ask for a smaller task
                  tests: [{match: {call.class: edit, task.files: 10}}, {notMatch: {call.class: edit, task.files: 9}}]
                """),
            Rules.Binding("limits"));
        var unknown = Rules.Call(new(ToolClass.Edit) { Paths = ["a"] }, facts => facts.Untold = FactMask.Of(Fact.TaskFiles));

        policies.Say(Rules.Edit("a")).ShouldBe("Allow");
        policies.Say(unknown).ShouldBe("Deny limits/small");
        Core.Policies.Decisions.InputKeeper.Keep(unknown).Altered.ShouldBe(["task.files"]);
    }

    private static TaskStep StepOf(string line) => TaskSteps.Of(Rules.Command(line), new(ToolClass.Command));

    private static TaskStep StepOf(ToolClass tool, params string[] paths) => TaskSteps.Of(Rules.Call(new(tool) { Paths = paths }), new(tool));
}
