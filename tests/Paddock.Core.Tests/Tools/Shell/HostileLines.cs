using System.Text;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>Makes lines that are hard to read: half of them only literal words in odd quotes, half of them with everything a shell knows, broken here and there.</summary>
internal sealed class HostileLines(int seed)
{
    private static readonly string[] programs =
        ["a", "b1", "git", "ls", "x.sh", "./run", "/bin/cat", "g++", "[", ":", "test", "echo", "time", "env", "nohup", "sh", "true", "c-d", "python3", "sudo", "xargs", "find", "sed", "command", "_x", "7z"];

    private static readonly string[] oddPrograms =
        ["if", "then", "done", "{", "}", "!", "[[", "((", "function", "select", "coproc", "in", "case", "for", "r\\m", "'l's", "g\"i\"t", "-", "=ls", "~x", "é", "\"\"", "''", "a=b", "a+=b", "$x", "*", "#c", "^a^b", "%1", "a:b", ".", "eval", "exec", "a\\\nb", "@x", "x(", "export", "@(a)"];

    private static readonly string[] bare =
        ["a", "b", "foo", "-n", "--x", "--k=v", "-", "--", "1", "22", "a.b", "a/b", "../c", "a,b", "a:b", "a@b", "a%b", "a+b", "a=b", "x]", "]", "}", "{}", "a{b}", "é", "日", "a^b", "\\;", "\\(", "\\ ", "\\\\", "\\'", "\\\"", "\\$x", "\\*", "\\a", "a\\\nb", "a#b", "!", "!=", "a!", "HEAD~1", "if", "do", "fi", "esac", "in", "time", "]]"];

    private static readonly string[] odd =
        ["$x", "${x}", "${x:-y}", "${x@P}", "${!x}", "${x[0]}", "${#x}", "$(a b)", "`a b`", "$((1+2))", "$((x+2))", "$[1]", "<(a)", ">(a)", "*", "a*", "?", "[ab]", "[", "a[1]", "{a,b}", "{1..3}", "~", "~/x", "x=~", "=x", "!x", "a!b", "$'a\\n'", "$\"a\"", "$", "a$", "$$", "$?", "$1", "@(a|b)", "a(b)",
            "#c", "\\", "'a\\'", "'", "\"", "`", "(", ")", "\"$(a \"b\")\"", "\"`a`\"", "\"${x:-'}\"", "\"!x\"", "\u00a0", "\u200b", "\r", "\u0007", "\ud800", "${x", "$(", "$((", "a)b", ">", "<", "&", "|", ";", "\n"];

    private static readonly string[] inSingle = ["a", " ", "$x", "`b`", "\"", "\\n", "#", "*", ";", "|", "&&", "\n", "!", "é", ">", "(", "${", "\t", "\\"];
    private static readonly string[] inDouble = ["a", " ", "'", "\\\"", "\\\\", "\\$", "\\`", "\\n", "#", "*", ";", "|", "&", "\n", "\\\n", "é", ">", "(", ")", "{", "$ ", "~", "!"];
    private static readonly string[] joins = [" && ", "&&", " || ", "||", " | ", "|", "; ", ";", "\n", " \n\t ", " &&\n ", "|\n", "\n\n", " # c\n", " ;\n"];
    private static readonly string[] oddJoins = [" & ", "&", "|&", ";;", "; ;", "&&&", "|||", "&&;", " ! ", "\\\n", " \\\n ", "\r\n", "#c;d\n", " #'\n", ";&", "&>", "><"];
    private static readonly string[] redirects = [" 2>&1", " >/dev/null", " 2>/dev/null", " >&2", " 1>&2", " </dev/null", " 2>&1 >/dev/null"];

    private static readonly string[] oddRedirects =
        [" > f", ">f", " >> f", "<f", " 2> f", "&>f", " &>> f", " >| f", " <> f", " 2>&-", " 3>&1", " {fd}>f", " <<< x", " > $x", " >&f", " > >(a)", " < <(a)", " << E\nx\nE\n", " <<'E'\n$x\nE\n", " <<-E\n\tx\n\tE\n", " <<E\n$(a)\nE\n", " <<E;b\nx\nE\n", " <<E", " <<E\nx", " << \"E F\"\nx\nE F\n", " >'a b'", " 12>f", " 2>", " <<E\na\\\nE\nE\n"];

    private static readonly string[] wraps = ["({0})", "{{ {0}; }}", "{{ {0}\n}}", "if {0}; then {0}; fi", "if a; then {0}; else {0}; fi", "for i in a $x; do {0}; done", "while {0}; do {0}; done", "case a in a) {0};; b|c) {0};; esac", "f() {{ {0}; }}", "! {0}", "$({0})", "a $({0})", "a \"$({0})\"", "a `{0}`", "a <({0})", "[[ a == b && -f c ]]", "(( x > 1 ))", "time {0}", "sh -c '{0}'", "function g {{ {0}; }}", "until {0}; do {0}; done", "({0}) > f", "{{ {0}; }} | {0}", "if {0}\nthen\n{0}\nfi", "{0} <<E\n{0}\nE\n"];

    private static readonly string[] windows = ["git", "npm", "foo", "a.b", "src\\a", "src/a", "-x", "--long", "--k=v", "/s", "5", "-5", "C:\\x", "HEAD~1", "a@b", "a:b", "dir", "type", "gc", "echo", "x.ps1", "npm.cmd", "ls", "a_b", "2>&1", "2>$null", "2>nul", ">nul", "7z", "0x1", "a'b", "'a\"", "%x%", "^", "`", "\u2019", "a,b", "@a", "~"];
    private static readonly string[] windowsQuoted = ["'a b'", "\"a b\"", "\"a\"", "'a'", "''", "\"\"", "'a''b'", "\"a\\\"", "\"$x\"", "'a&b'", "\"%x%\"", "'*'"];
    private static readonly string[] windowsJoins = [" && ", " || ", " | ", "; ", " & ", "\n", "&&", ";", "|", " > ", "\t", ""];

    private const string Noise = "'\"\\$`(){}[]<>|&;#!~*?= \n\t\rxE-é";

    private readonly Random random = new(seed);

    /// <summary>Alike for the same seed.</summary>
    public string Next() => Line().Replace("\\\n#", "\\\n", StringComparison.Ordinal).Replace("'#", "'", StringComparison.Ordinal).Replace("\"#", "\"", StringComparison.Ordinal); // shfmt 3.6 takes 'a'#b for a comment, no shell does

    /// <summary>Words that are plain to a shell of Windows, now and then one that is not.</summary>
    public string NextForWindows()
    {
        var line = new StringBuilder();
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            line.Append(random.Next(12) == 0 ? Any(odd) : random.Next(8) == 0 ? Any(windowsQuoted) : Any(windows)).Append(random.Next(6) == 0 ? Any(windowsJoins) : " ");
        }

        return line.ToString();
    }

    private string Line()
    {
        if (random.Next(2) == 0)
        {
            return List(0);
        }

        var text = List(random.Next(1, 5));
        for (var i = random.Next(3); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            text = random.Next(3) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, Noise[random.Next(Noise.Length)].ToString()),
                _ => text.Remove(at, 1).Insert(at, Noise[random.Next(Noise.Length)].ToString()),
            };
        }

        return text;
    }

    /// <param name="oddity">Of a hundred choices, how many times five are odd.</param>
    private string List(int oddity)
    {
        var list = new StringBuilder(Command(oddity));
        for (var i = random.Next(4); i > 0; i--)
        {
            list.Append(Odd(oddity) ? Any(oddJoins) : Any(joins)).Append(Command(oddity));
        }

        return list.ToString();
    }

    private string Command(int oddity)
    {
        if (Odd(oddity))
        {
            return string.Format(Any(wraps), List(oddity - 1));
        }

        var command = new StringBuilder(Odd(oddity) ? Any(oddPrograms) : Any(programs));
        for (var i = random.Next(5); i > 0; i--)
        {
            command.Append(random.Next(8) == 0 ? "\t" : " ").Append(Word(oddity));
        }

        if (random.Next(5) == 0)
        {
            command.Append(Odd(oddity * 2) ? Any(oddRedirects) : Any(redirects));
        }

        return command.ToString();
    }

    private string Word(int oddity)
    {
        var word = new StringBuilder();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            word.Append(random.Next(4) switch
            {
                0 => $"'{Some(inSingle)}'",
                1 => $"\"{Some(inDouble)}\"",
                _ => Odd(oddity * 2) ? Any(odd) : Any(bare),
            });
        }

        return word.ToString();
    }

    private bool Odd(int oddity) => random.Next(20) < oddity;

    private string Any(string[] choices) => choices[random.Next(choices.Length)];

    private string Some(string[] choices)
    {
        var some = new StringBuilder();
        for (var i = random.Next(4); i > 0; i--)
        {
            some.Append(Any(choices));
        }

        return some.ToString();
    }
}
