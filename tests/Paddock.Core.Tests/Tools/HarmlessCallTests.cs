using System.Diagnostics;
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

    /// <summary>Anything, and above all what means something to a shell.</summary>
    private static readonly Gen<string> Texts = Gen.Frequency(
        (3, Gen.OneOfConst("$(touch x)", "`touch x`", "; touch x", "&& touch x", "| tee x", "> x", "\n touch x\n", "\r", "\0", "'", "\"", "\\", "%PATH%", "!!", "-n", "-e", "--%", "/?", "on", "off", "${x}", "<(touch x)", "*", "~", "#", "{a,b}", "&", "^", "@", "é", "😀", ",", "a,", "…", "if", "then", "exit", "/etc/passwd", "..", "1..3")),
        (1, Gen.String[0, 30])).Array[0, 25].Select(parts => string.Concat(parts.Select((part, i) => i % 3 == 0 ? part : " " + part)));

    public static TheoryData<string> Shells => [.. ((string[])["bash", "dash", "fish", "pwsh"]).Where(IsThere)];

    [Fact]
    public void What_is_said_holds_only_marks_that_mean_nothing_to_a_shell() =>
        Texts.Sample(text => HarmlessCall.Reduce(text).All(c => char.IsAsciiLetterOrDigit(c) || " .,:/_-".Contains(c)) && HarmlessCall.Reduce(text).Length is > 0 and <= 400, iter: Samples.Of(5_000));

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task It_prints_the_refusal_and_runs_nothing_else(string shell)
    {
        var folder = Directory.CreateTempSubdirectory("harmless");
        var texts = Texts.Array[40].Single();
        var commands = texts.Select(CommandOf).ToList();

        var printed = await RunAsync(shell, string.Join('\n', commands), folder.FullName);

        printed.Error.ShouldBe("");
        Lines(shell, printed.Output).ShouldBe(shell == "pwsh" ? texts.SelectMany(text => HarmlessCall.Reduce(text).Split(' ')) : texts.Select(HarmlessCall.Reduce));
        folder.GetFileSystemInfos().ShouldBeEmpty();
        folder.Delete();
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

    /// <summary>PowerShell's echo prints each of its words on a line.</summary>
    private static string[] Lines(string shell, string printed) => printed.ReplaceLineEndings(shell == "pwsh" ? " " : "\n").Split(shell == "pwsh" ? ' ' : '\n', StringSplitOptions.RemoveEmptyEntries);

    private static string CommandOf(string text) =>
        JsonDocument.Parse(HarmlessCall.Arguments(Bash, text, isFree: false)).RootElement.GetProperty("command").GetString()!;

    private static bool IsThere(string shell) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, shell)));

    private static async Task<(string Output, string Error)> RunAsync(string shell, string script, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(shell, ["-c", script]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (output, await error);
    }
}
