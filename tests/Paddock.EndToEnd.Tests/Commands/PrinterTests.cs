using Paddock.Commands;

namespace Paddock.EndToEnd.Tests.Commands;

/// <summary>What agents sent is shown to operators, never obeyed by their terminals.</summary>
public sealed class PrinterTests
{
    [Theory]
    [InlineData("a\u001b[2Jb", @"a\u001b[2Jb")]
    [InlineData("a\nb\rc\td", @"a\u000ab\u000dc\u0009d")]
    [InlineData("a\u202eb\u2028c", @"a\u202eb\u2028c")]
    [InlineData("a\u009bb\ue000", @"a\u009bb\ue000")]
    [InlineData("größer, 模型 🙂", "größer, 模型 🙂")]
    public void A_cell_shows_what_would_move_a_terminal(string cell, string shown)
    {
        using var output = new StringWriter();

        new Printer(output, output).Table(["model"], [[cell]]);

        output.ToString().Split(Environment.NewLine).ShouldBe(["MODEL", shown, ""]);
    }

    [Fact]
    public void A_message_keeps_its_lines_and_nothing_else_that_moves()
    {
        using var output = new StringWriter();

        new Printer(output, output).Line("one\ntwo\u001b[1A");

        output.ToString().ShouldBe("one\ntwo\\u001b[1A" + Environment.NewLine);
    }
}
