using System.Collections.Immutable;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies.Matching;

/// <summary>The beginning of a command, word by word.</summary>
internal sealed class CommandPattern(ImmutableArray<ImmutableArray<string>> words)
{
    public ImmutableArray<ImmutableArray<string>> Words => words;

    /// <summary>For rules that forbid: a word that nobody can tell may be any word, and some file systems find <c>GIT</c> where <c>git</c> is.</summary>
    public bool MightMatch(ShellCommand command)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (i >= command.Known)
            {
                return i < command.Argv.Count;
            }

            if (!words[i].Has(command.Argv[i], i == 0 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>For rules that allow: every word is there and means itself.</summary>
    public bool Covers(ShellCommand command)
    {
        if (words.Length > command.Known)
        {
            return false;
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].Has(command.Argv[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every command that <paramref name="narrow"/> takes is taken by this too.</summary>
    public bool Covers(CommandPattern narrow)
    {
        if (words.Length > narrow.Words.Length)
        {
            return false;
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (!narrow.Words[i].All(word => words[i].Has(word)))
            {
                return false;
            }
        }

        return true;
    }
}
