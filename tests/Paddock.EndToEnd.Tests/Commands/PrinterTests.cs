using Paddock.Commands;

namespace Paddock.EndToEnd.Tests.Commands;

public class PrinterTests
{
    [Theory]
    [InlineData("\u001b[2J\u001b[1;1H")]
    [InlineData("\r\n")]
    [InlineData("\u009b2J")]
    [InlineData("\u202e")]
    [InlineData("\u2028")]
    public void What_an_agent_named_cannot_move_the_operators_cursor_or_begin_a_line(string evil)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter();

        new Printer(output, errors).Table(["model", "outcome"], [[$"gpt{evil}x", "complete"]]);

        var lines = output.ToString().TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(2);
        lines[1].ShouldStartWith("gpt\uFFFD");
        lines[1].ShouldEndWith("complete");
        foreach (var part in evil.Where(c => !char.IsAscii(c) || char.IsControl(c)))
        {
            lines[1].ShouldNotContain(part.ToString());
        }
    }
}
