using Paddock.Agents.GeminiCli;
using Paddock.Core.Tools;

namespace Paddock.Agents.Tests.GeminiCli;

public sealed class GeminiCliToolsTests
{
    [Theory]
    [InlineData("""{"command":"git push","dir_path":"sub"}""")]
    [InlineData("""{"command":"git push","directory":"sub"}""")]
    public void The_shells_directory_is_read_by_its_new_and_its_old_name(string arguments) =>
        ToolArguments.Read(GeminiCliTools.All["run_shell_command"], System.Text.Encoding.UTF8.GetBytes(arguments), isFree: false).WorkingDirectory.ShouldBe("sub");
}
