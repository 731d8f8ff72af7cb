using System.Text;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>Makes lines of PowerShell: half of them of words that are almost always plain, half of them with all that it gives a meaning to, broken here and there.</summary>
internal sealed class PowerShellLines(int seed)
{
    private static readonly string[] programs =
        ["git", "npm", "dotnet", "foo", "a.b", ".\\run.ps1", "..\\x", "./x", ".git/x", "src\\a", "C:\\a\\b.exe", "x_y", "c-d", "a+b", "npm.cmd", "ls", "gci", "gc", "cat", "type", "echo", "cd", "dir", "sls", "select", "Get-Content", "get-childitem", "Select-String", "Write-Output", "curl", "mkdir", "node", "python3", "docker-compose"];

    private static readonly string[] oddPrograms =
        [
            "if", "elseif", "else", "switch", "foreach", "from", "in", "for", "while", "until", "do", "try", "catch", "finally", "trap", "data", "return", "continue", "break", "exit", "throw", "begin", "process", "end", "dynamicparam", "clean", "function", "filter", "param", "class", "define", "var",
            "using", "using namespace", "workflow", "parallel", "sequence", "inlinescript", "public", "private", "static", "interface", "enum", "namespace", "module", "assembly", "command", "base", "hidden", "default", "RETURN", "Exit", "&", ".", "& 'git'", ". .\\x.ps1", "&git", ".x", "...", "..", "%", "?", "@x", "@{a=1}", "@(a)", "$x", "$x = git", "$x=1;git",
            "[int]", "[int]1", "[IO.File]::Delete('x')", "'git'", "\"git\"", "(git)", "{git}", "1", "-1", "7z", "1kb", ".5", "-a", "--a", "+a", "!a", "-not", "~", "~\\x", "a=b", "a:b", "C:", "cd..", "cd\\", "cd~", "global:x", "function:x", "iex", "ii", "r", "h", "start", "icm", "é", "#a", "a#b", "a`b", "a\"b\"", "a'b'", ":a while", ":a", "\u2018git\u2019", "-split", "x++", "++x", "x--", "a,b", "a!", "a^b", "<#c#> git", "Import-Module", "sort", "tee", "rm", "configuratio",
        ];

    private static readonly string[] bare =
        ["a", "foo", "-x", "-xy", "-Path", "-recurse", "-First", "--long", "--k=v", "-k=v", "/s", "/s:x", "5", "-5", "0", "a.b", "src/a.ts", "src\\a.ts", "..\\c", "../c", ".", "..", "C:\\x\\y", "HEAD~1", "a@b", "a:b", "a=b", "a+b", "-a+b", "a-b", "a_b", "_", "\\", "/", "x=", "http://x.example/a", "-_", "--", "---", "--x.y", "--x:y", "-=x", "-@", "a~", "1a", "1.2", "if", "return", "v1.2.3"];

    private static readonly string[] odd =
        [
            "$x", "$x.y", "${x}", "$env:PATH", "$_", "$(a b)", "@x", "@(a)", "@{a=b}", "\"$x\"", "\"a$(b)\"", "'$x'", "'a''b'", "\"a\"\"b\"", "\"a`\"b\"", "a`b", "`", "a`", "`n", "a'b'", "a\"b\"", "'a'b", "\"a\"b", "'a''", "''", "\"\"", "'", "\"", "@'\na\n'@", "@\"\na\n\"@", "(a)", "(1+2)", "{a}", "{", "}", "(", ")", "[", "]", "[a]", "a[1]", "*", "a*", "a?", "?",
            "a,b", "a, b", ",a", ",", "1,2", "1..3", "a..b", "1kb", "5mb", "0x10", "007", "1e3", "1.5", "-1.5", "-.5", ".5", "1l", "1d", "10000000000", "-x:y", "-x: y", "-x:", "-x.y", "-x[1]", "-x,y", "--%", "--% a | b", "-%", "#a", "a#b", "<#a#>", "<#", "~", "~/x", "~\\x", "!", "!a", "^", "a^b", "%", "%x%", "a%", "&", "a&b", ";", "a;b", "|", "a|b", "<", "<x", ">", "-", "+", "=", "=a", ":", ":a", "::",
            "\u2013x", "\u2014x", "\u2015x", "\u2212x", "\u2018a\u2019", "\u201ca\u201d", "\u201ea\u201d", "'a\u2019", "\"a\u201d", "a\u2019b", "a\u00a0b", "\u00a0", "\u3000", "\u2003", "\u200b", "\u0085", "\u2028", "\ufeff", "\0", "a\0b", "\f", "\v", "\r", "\u001b", "é", "日", "\uff06", "\uff5c", "\u037e", "\uff1b", "[int]", "[int]1", "-f", "-and", "$true", "$null",
        ];

    private static readonly string[] inSingle = ["a", " ", "  ", "b c", "\"", "$x", "`n", "#", "*", ";", "|", "&&", "\n", "é", ">", "(", "{", "%", "@", ",", "-", "~", "\\", "\u2019", "\u2018", "\u201c", "''", "a=b", "/", "2>&1", "--%", "."];
    private static readonly string[] inDouble = ["a", " ", "  ", "b c", "'", "$", "$x", "$(a)", "${x}", "$$", "`n", "`\"", "``", "#", "*", ";", "|", "&", "\n", "é", ">", "(", "@", ",", "-", "~", "\\", "\u201d", "\u201c", "\u201e", "\"\"", "a:b", "/", "."];
    private static readonly string[] joins = [" | ", "|", "; ", ";", " ; ", " && ", "&&", " || ", "||", "\n", "\n\n", " \n\t", " |\n ", " &&\n", "||\n\n", ";\n"];
    private static readonly string[] oddJoins = [" & ", "&", " &\n", "|&", ";;", "; ;", "|||", "&&&", "&& ;", " | | ", "`\n", " `\n", "` \n", "\r\n", "\r", "\n|", "\n&&", "\n.a", "#c\n", " # c;d\n", " <# c\n#> ", "\0", "\u2028", "\u0085", " -and ", ",\n", "\n--%\n"];
    private static readonly string[] redirects = [" 2>&1", " 2>$null", " 2>$NULL", " 2>&1 ", "2>&1"];
    private static readonly string[] oddRedirects = [" > f", ">f", " >> f", " < f", " 2> f", " 2>>f", " *> f", " *>&1", " 3>&1", " 1>&2", " 2>&2", " 2>&3", " 6>$null", " >$null", " 2> $null", " 2>>$null", " 2>$null2", " 2>${null}", " 2>$null.x", " 2>$env:x", " 2>$($null)", " 2>&1x", " 2>&1 2>&1", " 2>$null 2>&1", " 2>&-", " 12>&1", " a2>&1", " 2>nul", " 2>"];

    private static readonly string[] wraps =
        ["({0})", "$({0})", "@({0})", "{{ {0} }}", "& {{ {0} }}", ". {{ {0} }}", "&{{{0}}}", "if (1) {{ {0} }}", "if ({0}) {{ {0} }} else {{ {0} }}", "foreach ($i in 1) {{ {0} }}", "for (;;) {{ {0} }}", "while ({0}) {{ {0} }}", "do {{ {0} }} until (1)", "try {{ {0} }} catch {{ {0} }}", "switch (1) {{ 1 {{ {0} }} }}", "function f {{ {0} }}", "filter f {{ {0} }}", "param($x) {0}", "begin {{ {0} }}", "process {{ {0} }}", "trap {{ {0} }} {0}", "return {0}", "throw {0}", "exit {0}", "$x = {0}", "$x={0}", "$x.y = {0}", "[void]({0})", "{0} | % {{ {0} }}", "{0} | ? {{ $_ }}", "a ({0})", "a $({0})", "a \"$({0})\"", "a {{ {0} }}", "a -x ({0})", "a -x:({0})", "a --% {0}", "# {0}", "<# {0} #>", "<# c #> {0}", "@{{ a = {0} }}", "-not ({0})", "! ({0})", "'a' + ({0})", "#requires -version 5\n{0}", "{0} &", "Start-Job {{ {0} }}", "& {0}", ". {0}", "class X {{ [int] f() {{ {0} }} }}", "data {{ {0} }}", "1..3 | {0}", "'a' | {0}", "$x | {0}", ":l while (1) {{ {0} }}", "a;{0}", "using namespace System\n{0}", "@'\n{0}\n'@"];

    private const string Noise = "'\"$`(){}[]<>|&;#!~*?= \n\t\r,.:@%^+-x1\0\u00a0\u2013\u2014\u2018\u2019\u201c\u201d";

    private const string Alphabet = "a1_./\\:=+-~@,#%&;|!?*'\"`$(){}[]<>^ \u00a0\u2013\u2019\u201c";

    private readonly Random random = new(seed);

    /// <summary>All words of up to two characters that may mean something, and those of three that have no letters.</summary>
    public static IEnumerable<string> ShortWords { get; } =
    [
        .. Alphabet.Select(one => one.ToString()),
        .. from one in Alphabet from two in Alphabet select $"{one}{two}",
        .. from one in "1_./\\:=+-~@" from two in "a1_./\\:=+-~@" from three in "a1./\\:=-~@" select $"{one}{two}{three}",
    ];

    /// <summary>Each of them as a program and as an argument.</summary>
    public static IEnumerable<string> Short => ShortWords.SelectMany(word => new[] { word, $"a{word} b", $"a {word}", $"a '{word}'" });

    /// <summary>Alike for the same seed.</summary>
    public string Next()
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

        var command = new StringBuilder(Odd(oddity * 2) ? Any(oddPrograms) : Any(programs));
        for (var i = random.Next(5); i > 0; i--)
        {
            command.Append(random.Next(8) == 0 ? "\t" : " ").Append(Word(oddity));
            if (random.Next(12) == 0)
            {
                command.Append(Odd(oddity * 2) ? Any(oddRedirects) : Any(redirects));
            }
        }

        return command.ToString();
    }

    private string Word(int oddity) => random.Next(6) switch
    {
        0 => oddity == 0 ? "'a b'" : $"'{Some(inSingle)}'",
        1 => oddity == 0 ? "\"a, b\"" : $"\"{Some(inDouble)}\"",
        2 when oddity > 0 => Any(bare) + (Odd(oddity) ? Any(odd) : Any(bare)),
        _ => Odd(oddity * 2) ? Any(odd) : Any(bare),
    };

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
