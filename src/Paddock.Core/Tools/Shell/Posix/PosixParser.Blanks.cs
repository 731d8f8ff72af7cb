namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>Blanks, comments, line ends and reserved words.</summary>
internal sealed partial class PosixParser
{
    private static readonly string[] reserved =
        ["!", "{", "}", "if", "then", "elif", "else", "fi", "while", "until", "for", "do", "done", "case", "esac", "select", "function", "coproc", "[["];

    private static bool IsBlank(char c) => c is ' ' or '\t';

    /// <summary>Where an unquoted word ends.</summary>
    private static bool EndsWord(char c) => c is ' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')' or '\0';

    /// <summary>The reserved word that stands here, "" when none does. Only where a command may begin.</summary>
    private string Reserved()
    {
        var run = Bare();
        foreach (var word in reserved)
        {
            if (run.SequenceEqual(word))
            {
                return word;
            }
        }

        return "";
    }

    /// <summary>The characters up to where an unquoted word would end; no longer than any reserved word needs.</summary>
    private ReadOnlySpan<char> Bare()
    {
        var end = pos;
        while (end < text.Length && end - pos <= 8 && !EndsWord(text[end]))
        {
            end++;
        }

        return text.AsSpan(pos, end - pos);
    }

    private bool Expect(string word)
    {
        if (Fault is null && !Bare().SequenceEqual(word))
        {
            Fail($"no '{word}' where one must be");
        }

        if (Fault is not null)
        {
            return false;
        }

        pos += word.Length;
        return true;
    }

    private bool Expect(char c)
    {
        if (Fault is null && Current != c)
        {
            Fail($"no '{c}' where one must be");
        }

        if (Fault is not null)
        {
            return false;
        }

        pos++;
        return true;
    }

    /// <summary>Blanks, continued lines and a comment, up to the end of the line.</summary>
    private void SkipBlanks()
    {
        while (!AtEnd)
        {
            if (IsBlank(Current))
            {
                pos++;
            }
            else if (Current == '\\' && Next == '\n')
            {
                Continued();
            }
            else if (Current == '#')
            {
                Comment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipLines()
    {
        SkipBlanks();
        while (Fault is null && Current == '\n')
        {
            NewLine();
            SkipBlanks();
        }
    }

    private void Continued()
    {
        pos += 2;
        if (pending.Count > 0)
        {
            Fail("a continued line before a here-document");
        }
    }

    /// <summary>An interactive zsh runs what stands behind a '#', so only a comment that could do no harm there is passed over.</summary>
    private void Comment()
    {
        var end = text.IndexOf('\n', pos);
        end = end < 0 ? text.Length : end;
        if (text.AsSpan(pos, end - pos).IndexOfAny(";&|<>()`$\\'\"!") >= 0)
        {
            facts.Opaque("a comment that some shells would run");
        }

        pos = end;
    }
}
