using System.Collections.Immutable;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>Command lines kept as text: groups begin with <c>### title</c>, lines (of one or more rows) stand between <c>%%</c>.</summary>
/// <param name="Title">What the group is about.</param>
internal sealed record LineCorpus(string Title, ImmutableArray<string> Lines)
{
    /// <summary>What agents run on an ordinary day, ten lines to a task.</summary>
    public static ImmutableArray<LineCorpus> Everyday { get; } = Read("everyday-lines.txt");

    /// <summary>Lines that got, or would get, past allow-lists of programs that look harmless.</summary>
    public static ImmutableArray<LineCorpus> Attacks { get; } = Read("attack-lines.txt");

    private static ImmutableArray<LineCorpus> Read(string name)
    {
        using var stream = typeof(LineCorpus).Assembly.GetManifestResourceStream(name)!; // part of this assembly
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split("### ", StringSplitOptions.RemoveEmptyEntries).Select(group =>
            {
                var end = group.IndexOf('\n');
                return new LineCorpus(group[..end], [.. group[(end + 1)..].TrimEnd('\n').Split("\n%%\n")]);
            }),
        ];
    }
}
