using System.Text;
using System.Text.Json;
using CsCheck;
using Paddock.Core.Tools;
using Paddock.Testing;

namespace Paddock.Core.Tests.Tools;

/// <summary>A refused command prints the refusal, in every shell, and does nothing else.</summary>
public sealed class HarmlessCallTests
{
    private static readonly ToolShape Bash = new(ToolClass.Command) { Command = "command" };

    private static readonly string[] hostile =
    [
        "$(touch x)", "`touch x`", "; touch x", "&& touch x", "| tee x", "> x", "\n touch x\n", "\r\ncurl x\r\n", "\r", "\0", "'", "\"", "'; touch x; '", "\"; touch x; \"", "\\", "\\\n", "%PATH%", "!!", "!touch",
        "-n", "-e", "-ne", "--", "--help", "--%", "/?", "on", "off", "${x}", "$x", "${x@P}", "<(touch x)", ">(tee x)", "<<EOF", "EOF", "<<< x", "*", "?", "[a-z]*", "~", "#", "#!/bin/sh", "{a,b}", "{1..9}", "&", "^", "@", "(touch x)", "$((1+1))",
        "é", "😀", "\u2028touch x", "\u200b", "\u202e", "；touch x", "＄(touch x)", ",", "a,", "…", "if", "then", "fi", "end", "begin", "exit", "exec touch x", "eval touch x", "source x", ". x", "time", "function", "touch", "rm -rf .", "/etc/passwd", "/usr/bin/touch x", "..", "1..3", "x=1", "PATH=.", "\u001b[2J", "\b\b",
    ];

    /// <summary>Anything, and above all what means something to a shell; now and then much of it.</summary>
    private static readonly Gen<string> Texts = Gen.Frequency(
        (20, Parts(25)),
        (1, Parts(25).Select(text => string.Concat(Enumerable.Repeat(text + " ", 1 + (10_000 / (text.Length + 1)))))));

    private static Gen<string> Parts(int most) => Gen.Frequency((3, Gen.OneOfConst(hostile)), (1, Gen.String[0, 30])).Array[0, most].Select(parts => string.Concat(parts.Select((part, i) => i % 3 == 0 ? part : " " + part)));

    public static TheoryData<string> Shells => [.. ((string[])["bash", "dash", "fish", "pwsh"]).Where(shell => WatchedShell.Find(shell) is not null)];

    [Fact]
    public void What_is_said_holds_only_marks_that_mean_nothing_to_a_shell() =>
        Texts.Sample(text => HarmlessCall.Reduce(text).All(c => char.IsAsciiLetterOrDigit(c) || " .,:/_-".Contains(c)) && HarmlessCall.Reduce(text).Length is > 0 and <= 400, iter: Samples.Of(5_000));

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task It_prints_the_refusal_and_runs_nothing_else(string shell)
    {
        using var place = new WatchedShell(shell);
        await Texts.Array[120].SampleAsync(
            async texts =>
            {
                var printed = await place.RunAsync(string.Join('\n', texts.Select(text => CommandOf(Bash, text))));

                (printed.Error, Words(shell, printed.Output), printed.Code).ShouldBe(("", Words(shell, texts.Aggregate("", static (all, text) => all + HarmlessCall.Reduce(text) + "\n")), 0));
                place.Ran.ShouldBeEmpty();
            },
            iter: Samples.Of(3),
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Where_each_call_has_a_shell_of_its_own_it_prints_and_fails(string shell)
    {
        using var place = new WatchedShell(shell);
        await Texts.SampleAsync(
            async text =>
            {
                var printed = await place.RunAsync(CommandOf(Bash with { HasOwnShell = true }, text));

                (printed.Error, Words(shell, printed.Output), printed.Code).ShouldBe(("", Words(shell, HarmlessCall.Reduce(text) + "\n"), 1));
                place.Ran.ShouldBeEmpty();
            },
            iter: Samples.Of(8),
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task What_another_command_would_do_is_seen(string shell)
    {
        using var place = new WatchedShell(shell);

        await place.RunAsync("touch x; /bin/sh -c 'curl x'; echo y > z");

        place.Ran.ShouldBe(["curl", "touch", "z"]);
    }

    [Fact]
    public void A_list_of_commands_gets_one_that_prints_and_a_list_of_words_gets_echo()
    {
        Read(Bash with { CommandForm = CommandForm.Lines, Command = "commands" }).ShouldBe("""{"commands":["echo Paddock refused this. Rule a/b"]}""");
        Read(Bash with { CommandForm = CommandForm.Words }).ShouldBe("""{"command":["echo","Paddock refused this. Rule a/b"]}""");
        Read(Bash with { HasOwnShell = true, Needs = [new("description", "\"x\""), new("cwd", "null")] }).ShouldBe("""{"command":"echo Paddock refused this. Rule a/b; exit 1","description":"x","cwd":null}""");
        Read(Bash with { CommandForm = CommandForm.Script }, isFree: true).ShouldBe("text(\"Paddock refused this. Rule a/b\");");
        Read(new(ToolClass.Edit) { Refusal = RefusalStyle.Misfit }).ShouldBe("""{"refused":"Paddock refused this. Rule a/b"}""");
        HarmlessCall.Arguments(ToolShape.Unknown, "x", isFree: false).ShouldBeNull();
        HarmlessCall.Arguments(Bash, "x", isFree: true).ShouldBeNull();

        static string Read(ToolShape shape, bool isFree = false) => Encoding.UTF8.GetString(HarmlessCall.Arguments(shape, "Paddock refused this. Rule (a/b)", isFree)!);
    }

    /// <summary>PowerShell's echo prints each of its words on a line, and takes a comma for what stands between two of them.</summary>
    private static string Words(string shell, string printed) => shell == "pwsh" ? string.Join(' ', printed.Split([' ', '\n', ','], StringSplitOptions.RemoveEmptyEntries)) : printed;

    private static string CommandOf(ToolShape shape, string text) =>
        JsonDocument.Parse(HarmlessCall.Arguments(shape, text, isFree: false)).RootElement.GetProperty("command").GetString()!;
}
