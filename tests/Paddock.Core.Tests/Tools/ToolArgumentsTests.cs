using System.Text;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Tools;

/// <summary>What a call's arguments say, by the shape of its tool.</summary>
public sealed class ToolArgumentsTests
{
    private static readonly ToolShape Bash = new(ToolClass.Command) { Command = "command", WorkingDirectory = ["cwd", "dir"] };

    [Fact]
    public void A_command_line_and_its_directory_are_read()
    {
        var read = Read(Bash, """{"command":"ls -l","cwd":"src","x":1}""");

        (read.CommandLine, read.WorkingDirectory, read.IsOdd).ShouldBe(("ls -l", "src", false));
        Read(Bash, """{"command":"ls","dir":"old"}""").WorkingDirectory.ShouldBe("old");
    }

    [Theory]
    [InlineData("""{"command":7}""")]
    [InlineData("""{"command":["a",1]}""")]
    [InlineData("""{"command":{"x":1}}""")]
    [InlineData("""{"cmd":"ls"}""")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"command":"ls","command":"rm"}""")]
    [InlineData("""{"command":"ls","cwd":5}""")]
    [InlineData("""{"command":"ls","cwd":"a","dir":"b"}""")]
    public void What_is_not_as_the_tool_wants_it_is_odd(string arguments) => Read(Bash, arguments).IsOdd.ShouldBeTrue();

    [Fact]
    public void Words_become_a_line_in_which_each_is_one_word() =>
        Read(Bash with { CommandForm = CommandForm.Words }, """{"command":["bash","-lc","rm -rf 'a b'",""]}""").CommandLine.ShouldBe("""bash -lc 'rm -rf '\''a b'\''' ''""");

    [Fact]
    public void Several_commands_are_several_lines() =>
        Read(Bash with { CommandForm = CommandForm.Lines }, """{"command":["ls","rm x"]}""").CommandLine.ShouldBe("ls\nrm x");

    [Fact]
    public void Paths_are_found_as_a_text_a_list_and_in_objects()
    {
        var shape = new ToolShape(ToolClass.Read) { Paths = ["path", "files", "more"] };

        Read(shape, """{"path":"a","files":[{"path":"b","x":1},"c"],"more":null}""").Paths.ShouldBe(["a", "b", "c"]);
        Read(shape, """{"files":[{"file":"b"}]}""").IsOdd.ShouldBeTrue();
    }

    [Fact]
    public void A_patch_names_its_files()
    {
        const string Patch = "*** Begin Patch\n*** Add File: a.txt\n+x\n*** Update File: b/c.cs\r\n*** Move to: d.cs\n*** Delete File: e\n*** End Patch";

        Read(new(ToolClass.Edit) { Patch = "input" }, Patch, isFree: true).Paths.ShouldBe(["a.txt", "b/c.cs", "d.cs", "e"]);
        Read(new(ToolClass.Edit) { Patch = "input" }, "{\"input\":\"*** Add File: a\\n+x\"}").Paths.ShouldBe(["a"]);
    }

    [Fact]
    public void Addresses_give_their_hosts() =>
        Read(new(ToolClass.Browser) { Urls = ["url"] }, """{"url":"https://User@Docs.Example:8443/x"}""").Hosts.ShouldBe(["docs.example"]);

    [Theory]
    [InlineData("await tools.exec_command({cmd: \"ls -l\"})", "ls -l", null)]
    [InlineData("const r = await tools.exec_command({ \"cmd\": 'git status', \"workdir\": \"/w\" });\ntext(r.output);", "git status", "/w")]
    [InlineData("// @exec: {\"yield_time_ms\": 10000}\ntext(await tools.exec_command({cmd:\"echo \\\"a\\\"\\nls\"}));", "echo \"a\"\nls", null)]
    public void A_script_that_is_one_literal_call_is_that_command(string script, string command, string? directory)
    {
        var read = Read(new(ToolClass.Command) { Command = "", CommandForm = CommandForm.Script }, script, isFree: true);

        (read.CommandLine, read.WorkingDirectory).ShouldBe((command, directory));
    }

    [Theory]
    [InlineData("await tools.exec_command({cmd: `ls`})")]
    [InlineData("await tools.exec_command({cmd: \"ls\" + x})")]
    [InlineData("await tools.exec_command({cmd: \"ls\"}); await tools.exec_command({cmd: \"rm\"})")]
    [InlineData("await tools.exec_command({cmd: \"l\\x73\"})")]
    [InlineData("await tools.exec_command({cmd: \"ls\", shell: \"x\"})")]
    [InlineData("// @exec: {}\u2028await tools.exec_command({cmd: \"rm\"})\nawait tools.exec_command({cmd: \"ls\"})")]
    [InlineData("// @exec: {}\rawait tools.exec_command({cmd: \"rm\"})\nawait tools.exec_command({cmd: \"ls\"})")]
    [InlineData("await tools.apply_patch(\"x\")")]
    [InlineData("await tools.exec_command({cmd: \"ls\", cmd: \"rm\"})")]
    public void Any_other_script_is_no_command_that_could_be_told(string script)
    {
        var read = Read(new(ToolClass.Command) { Command = "", CommandForm = CommandForm.Script }, script, isFree: true);

        (read.CommandLine, read.IsOdd).ShouldBe((null, true));
    }

    [Theory]
    [InlineData("await tools.apply_patch(\"*** Begin Patch\\n*** Add File: .env\\n+x\\n*** End Patch\")")]
    [InlineData("await tools.apply_patch(`*** Begin Patch\n*** Update File: .env\n*** End Patch`)")]
    public void A_patch_in_a_script_names_its_files_all_the_same(string script) =>
        Read(new(ToolClass.Command) { Command = "", CommandForm = CommandForm.Script }, script, isFree: true).Paths.ShouldBe([".env"]);

    [Fact]
    public void Free_text_of_a_tool_that_runs_a_line_is_that_line() =>
        Read(Bash, "git push origin", isFree: true).CommandLine.ShouldBe("git push origin");

    private static ToolArguments Read(ToolShape shape, string arguments, bool isFree = false) => ToolArguments.Read(shape, Encoding.UTF8.GetBytes(arguments), isFree);
}
