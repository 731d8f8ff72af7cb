using System.Text;

namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>Puts a word together and knows which of its characters stood outside quotes, for only those are patterns.</summary>
internal sealed class WordBuilder
{
    /// <summary>Stands in <see cref="bare"/> for a character that was quoted.</summary>
    private const char Quoted = '\u0001';

    private readonly StringBuilder text = new();
    private readonly StringBuilder bare = new();
    private readonly List<Substitution> substitutions = [];

    public bool IsEmpty => text.Length == 0 && !HasQuotes;

    public bool HasQuotes { get; set; }

    public bool Expands { get; set; }

    public void Bare(char c)
    {
        text.Append(c);
        bare.Append(c);
    }

    public void Quote(char c)
    {
        text.Append(c);
        bare.Append(Quoted);
    }

    public void Quote(ReadOnlySpan<char> span)
    {
        HasQuotes = true;
        text.Append(span);
        bare.Append(Quoted, span.Length);
    }

    /// <summary>Something whose value is known only when the line runs.</summary>
    public void Expansion(ReadOnlySpan<char> written)
    {
        Expands = true;
        text.Append(written);
        bare.Append(Quoted, written.Length);
    }

    public void Add(Substitution substitution) => substitutions.Add(substitution);

    public Word Build(string raw) => new(raw, text.ToString(), !Expands && !IsPattern(bare.ToString()), substitutions);

    /// <summary>The length of <c>NAME=</c> or <c>NAME+=</c> at the start, unquoted; 0 when it is no assignment.</summary>
    public int AssignmentLength()
    {
        var i = 0;
        while (i < bare.Length && (bare[i] == '_' || char.IsAsciiLetter(bare[i]) || (i > 0 && char.IsAsciiDigit(bare[i]))))
        {
            i++;
        }

        if (i == 0)
        {
            return 0;
        }

        if (i + 1 < bare.Length && bare[i] == '+' && bare[i + 1] == '=')
        {
            return i + 2;
        }

        return i < bare.Length && bare[i] == '=' ? i + 1 : 0;
    }

    /// <summary>Globs, braces and tildes, in bash or in zsh (<c>=name</c>).</summary>
    private static bool IsPattern(string bare) =>
        bare.AsSpan().IndexOfAny('*', '?') >= 0
        || (bare.Contains('[') && bare is not ("[" or "[["))
        || IsBrace(bare)
        || bare.StartsWith('~')
        || (bare.Contains('~') && bare is not "=~" && (bare.Contains("=~", StringComparison.Ordinal) || bare.Contains(":~", StringComparison.Ordinal)))
        || (bare.Length > 1 && bare[0] == '=' && bare is not ("==" or "=~"));

    private static bool IsBrace(string bare)
    {
        var open = bare.IndexOf('{');
        return open >= 0 && bare.LastIndexOf('}') > open && (bare.Contains(',') || bare.Contains("..", StringComparison.Ordinal));
    }
}
