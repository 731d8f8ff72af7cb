using Paddock.Core.Policies.Matching;

namespace Paddock.Core.Tests.Policies.Matching;

public class PathPatternTests
{
    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("./a//b/", "a/b")]
    [InlineData("a/./b/../c", "a/c")]
    [InlineData("a/../../b", "../b")]
    [InlineData("../../b", "../../b")]
    [InlineData("/", "/")]
    [InlineData("/../etc//passwd", "/etc/passwd")]
    [InlineData("C:\\Users\\ada\\..\\x", "C:/Users/x")]
    [InlineData("C:\\..\\x", "C:/x")]
    [InlineData("a\\..\\..\\b", "../b")]
    [InlineData("~/../x", "~/../x")]
    [InlineData("file:///etc/passwd", "/etc/passwd")]
    [InlineData("Src/A.cs", "Src/A.cs")]
    [InlineData(".", "")]
    public void A_path_is_brought_to_one_form(string path, string form) => PathText.Of(path).Text.ShouldBe(form);

    [Theory]
    [InlineData("/work/repo/src/a.cs", "src/a.cs")]
    [InlineData("/work/repo", "")]
    [InlineData("/work/repository/a.cs", "/work/repository/a.cs")]
    [InlineData("/work/repo/../x", "/work/x")]
    [InlineData("src/a.cs", "src/a.cs")]
    public void A_path_below_the_workspace_counts_as_relative_to_it(string path, string form) => PathText.Of(path, "/work/repo/").Text.ShouldBe(form);

    [Fact]
    public void A_workspace_that_says_nothing_makes_nothing_relative() => PathText.Of("/etc/passwd", "/").Text.ShouldBe("/etc/passwd");

    [Theory]
    [InlineData("**/.env", ".env")]
    [InlineData("**/.env", "a/b/.env")]
    [InlineData("**/.env", "/home/ada/.env")]
    [InlineData("**/.env", "../.ENV")]
    [InlineData("**/.env", "$DIR/.env")]
    [InlineData("**/.env", ".env. ")] // names on Windows end before blanks and dots
    [InlineData("**/.env", "C:\\work\\.env::$DATA")]
    [InlineData("/etc/**", "/proc/self/root/etc/passwd")]
    [InlineData("**/.env", ".e*")]
    [InlineData("**/.env", ".en?")]
    [InlineData("**/.env", ".[e]nv")]
    [InlineData("**/.env", "{a,.env}")]
    [InlineData("**/.env", "a/.{env,git}")]
    [InlineData("**/.env", ".$X")]
    [InlineData("**/.env.*", ".env*")]
    [InlineData("~/.ssh/**", "~/.ssh/id_rsa")]
    [InlineData("~/.ssh/**", "~/.ssh")]
    [InlineData("~/.ssh/**", "/root/.ssh/id_rsa")]
    [InlineData("~/.ssh/**", "/home/ada/.ssh/id_rsa")]
    [InlineData("~/.ssh/**", "/Users/ada/.SSH/id_rsa")]
    [InlineData("~/.ssh/**", "C:\\Users\\ada\\.ssh\\id_rsa")]
    [InlineData("~/.ssh/**", "\"$HOME\"/.ssh/id_rsa")]
    [InlineData("~/.ssh/**", "${HOME}/.ssh/id_*")]
    [InlineData("~/.ssh/**", "~ada/.ssh/id_rsa")]
    [InlineData("~/.ssh/**", "~/.ss*/id_rsa")]
    [InlineData("~/.ssh/**", "~/.{ssh,aws}/x")]
    [InlineData(".git/hooks/**", ".git/hooks/pre-commit")]
    [InlineData(".git/hooks/**", "/work/repo/.git/hooks/pre-commit")]
    [InlineData(".git/hooks/**", "../repo/.git/hooks/pre-commit")]
    [InlineData(".git/hooks/**", "$ROOT/hooks/pre-commit")]
    [InlineData("**", "anything/../../at/all")]
    [InlineData("src/*.cs", "src/[ab].cs")]
    [InlineData("/etc/**", "/etc/*")]
    [InlineData("../**", "../x")]
    public void A_rule_that_forbids_takes_what_a_shell_may_make_of_a_path(string pattern, string path) => PathText.OfShell(path).ShouldContain(form => new PathPattern(pattern).MightMatch(form));

    [Theory]
    [InlineData("/etc/**", "a*b/hosts")]
    [InlineData("**/.env", "env")]
    [InlineData("**/.env", "*")]
    [InlineData("**/.env", "*.ts")]
    [InlineData("**/.env", "src/**/*.ts")]
    [InlineData("**/.env", "$FILE")]
    [InlineData("**/.env", ".env/x")]
    [InlineData("**/id_rsa", "src/*")]
    [InlineData("~/.ssh/**", "a/.ssh/b")]
    [InlineData("~/.ssh/**", "/srv/.ssh/b")]
    [InlineData(".git/hooks/**", "$ROOT/src/a")]
    [InlineData(".git/hooks/**", "a/.git/hooks/b")]
    [InlineData("/etc/**", "etc/x")]
    [InlineData("../**", "x")]
    [InlineData("src/*.cs", "src/a/b.cs")]
    [InlineData("/etc/**", "a*b/c")]
    public void A_rule_that_forbids_does_not_take_what_is_something_else(string pattern, string path) => PathText.OfShell(path).ShouldAllBe(form => !new PathPattern(pattern).MightMatch(form));

    [Theory]
    [InlineData("src/**", "src/a.cs", true)]
    [InlineData("src/**", "src/a/b.cs", true)]
    [InlineData("src/**/*.cs", "src/b.cs", true)]
    [InlineData("src/**/*.cs", "src/a/b/c.cs", true)]
    [InlineData("**/*.md", "a/b.md", true)]
    [InlineData("**", "/etc/passwd", true)]
    [InlineData("~/x/**", "~/x/y", true)]
    [InlineData("/tmp/**", "/tmp/x", true)]
    [InlineData("C:/Users/**", "C:/Users/ada/a.cs", true)]
    [InlineData("C:/Users/**", "D:/Users/ada/a.cs", false)]
    [InlineData("src/?.cs", "src/a.cs", true)]
    [InlineData("src/**", "src", false)]
    [InlineData("src/**", "SRC/a.cs", false)]
    [InlineData("src/**", "src/../x", false)]
    [InlineData("src/**", "src/*", false)]
    [InlineData("src/**", "src/$X", false)]
    [InlineData("src/**", "src/{a,b}", true)]
    [InlineData("src/**", "src/{a,../../b}", false)]
    [InlineData("**/*.md", "/etc/x.md", false)]
    [InlineData("**/*.md", "../x.md", false)]
    [InlineData("**/*.md", "~/x.md", false)]
    [InlineData("~/x/**", "/home/ada/x/y", false)]
    public void A_rule_that_allows_takes_only_what_certainly_lies_in_it(string pattern, string path, bool takes) => PathText.OfShell(path).All(form => new PathPattern(pattern).Covers(form)).ShouldBe(takes);

    [Fact]
    public void A_path_and_a_pattern_made_to_take_for_ever_do_not()
    {
        var path = string.Concat(Enumerable.Repeat("*a", 60)) + "/" + string.Concat(Enumerable.Repeat("$X/", 100)) + "b";
        var pattern = "**/" + string.Concat(Enumerable.Repeat("*a*", 60)) + "/**/x/**/y/**/z";

        PathText.OfShell(path).ShouldAllBe(form => new PathPattern(pattern).MightMatch(form));
    }
}
