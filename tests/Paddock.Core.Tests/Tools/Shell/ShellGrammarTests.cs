using System.Collections.Concurrent;
using Paddock.Core.Tools.Shell;
using Paddock.Testing;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>Our grammar against shfmt's.</summary>
public sealed class ShellGrammarTests
{
    private const int PerCall = 40;
    private const string Between = "between-two-lines";

    [Theory]
    [InlineData("bash")]
    [InlineData("posix")]
    public async Task A_line_is_never_plain_where_another_parser_sees_more_and_where_it_is_plain_both_see_the_same_words(string dialect)
    {
        var lines = Enumerable.Range(0, (int)Samples.Of(3_000)).Select(seed => new HostileLines(seed).Next()).ToArray();
        var plain = lines.Select(text => (Text: text, Line: ShellReader.Read(text, ShellDialect.Posix))).Where(l => l.Line.Legibility == Legibility.Plain).ToArray();

        var faults = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(plain.Chunk(PerCall), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, async (some, cancellationToken) =>
        {
            // One call for many lines; only when it does not say what we say is each line looked at by itself.
            if (await FaultAsync(string.Concat(some.Select(l => $"{l.Text}\n{Between}\n")), [.. some.SelectMany(l => l.Line.Commands.Append(new([Between], 1, CommandRole.Direct)))], dialect, cancellationToken) is not null)
            {
                foreach (var (text, line) in some)
                {
                    if (await FaultAsync(text, line.Commands, dialect, cancellationToken) is { } fault)
                    {
                        faults.Add($"{text}\n=> {fault}");
                    }
                }
            }
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{plain.Length} of {lines.Length} lines are plain");
        faults.ShouldBeEmpty(string.Join("\n---\n", faults.Take(20)));
        plain.Length.ShouldBeGreaterThan(lines.Length / 4);
    }

    private static async Task<string?> FaultAsync(string text, IReadOnlyList<ShellCommand> ours, string dialect, CancellationToken cancellationToken)
    {
        var oracle = await ShfmtOracle.ReadAsync(text, dialect, cancellationToken);
        if (oracle.Commands is null)
        {
            return $"not plain: {oracle.Why}";
        }

        return SeenCommands.Difference(ours, oracle.Commands);
    }
}
