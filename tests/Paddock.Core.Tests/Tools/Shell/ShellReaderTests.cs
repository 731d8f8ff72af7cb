using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Tests.Tools.Shell;

public sealed class ShellReaderTests
{
    [Theory]
    [InlineData("git status", "git status")]
    [InlineData("git status && git log -n 5", "git status|git log -n 5")]
    [InlineData("cat a.txt | head -5; wc -l 'b c'\npwd || true", "cat a.txt|head -5|wc -l b c|pwd|true")]
    [InlineData("dotnet test 2>&1 | tail -3", "dotnet test|tail -3")]
    [InlineData("ls nowhere 2>/dev/null", "ls nowhere")]
    [InlineData("grep -E \"^a|b$\" x", "grep -E ^a|b$ x")]
    [InlineData("git diff HEAD~1 stash@{0}", "git diff HEAD~1 stash@{0}")]
    [InlineData("cmake \\\n  --build .", "cmake --build .")]
    public void A_line_of_literal_words_is_plain_and_its_commands_are_told_word_by_word(string text, string commands)
    {
        var line = ShellReader.Read(text, ShellDialect.Posix);

        line.Legibility.ShouldBe(Legibility.Plain, line.OpaqueBecause);
        string.Join('|', line.Commands.Select(c => string.Join(' ', c.Argv))).ShouldBe(commands);
        line.Commands.ShouldAllBe(c => c.Known == c.Argv.Count && c.Role == CommandRole.Direct);
    }

    [Theory]
    [InlineData("ls *.cs", "ls")]
    [InlineData("echo $HOME", "echo")]
    [InlineData("cat ~/x", "cat")]
    [InlineData("git show > out.txt", "git show")]
    [InlineData("(cd x && make)", "cd x,make")]
    [InlineData("for f in a b; do wc -l \"$f\"; done", "wc -l")]
    [InlineData("git commit -m \"$(cat <<'EOF'\na 'message'\nEOF\n)\"", "git commit -m,cat")]
    [InlineData("cat > a.sh <<'EOF'\nrm -rf $x `y`\nEOF\nls", "cat,ls")]
    [InlineData("if [ -f x ]; then cat x; else ls; fi", "[ -f x ],cat x,ls")]
    public void What_is_more_than_literal_words_but_understood_is_read(string text, string known)
    {
        var line = ShellReader.Read(text, ShellDialect.Posix);

        line.Legibility.ShouldBe(Legibility.Read, line.OpaqueBecause);
        string.Join(',', line.Commands.Select(c => string.Join(' ', c.Argv.Take(c.Known)))).ShouldBe(known);
    }

    [Theory]
    [InlineData("$x status")]
    [InlineData("r\\m -rf /")]
    [InlineData("echo ${x@P}")]
    [InlineData("echo 'open")]
    [InlineData("f() { ls; }; f")]
    [InlineData("ls\rrm")]
    public void What_is_not_understood_is_opaque(string text)
    {
        var line = ShellReader.Read(text, ShellDialect.Posix);

        line.Legibility.ShouldBe(Legibility.Opaque);
        line.OpaqueBecause.ShouldNotBeNullOrWhiteSpace();
        line.Commands.ShouldNotBeEmpty();
    }
}
