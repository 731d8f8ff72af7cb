using System.Text.RegularExpressions;
using CsCheck;
using Paddock.Core.Modes;

namespace Paddock.Core.Tests.Modes;

/// <summary>Patterns of files that mean the same to clients and to Paddock.</summary>
public class FilePatternTests
{
    [Theory]
    [InlineData(@"\.md$")]
    [InlineData(@"^docs/[^/]+\.(md|txt)$")]
    [InlineData(@"(?:a|b){2,3}[A-Za-z0-9_\-\]]*")]
    [InlineData(@"^[(?]x$")]
    public void What_every_reader_takes_alike_is_taken(string pattern) => FilePattern.Refusal(pattern).ShouldBeNull();

    [Theory]
    [InlineData("", "1 to 300")]
    [InlineData(@"\d+", "[0-9]")]
    [InlineData(@"[\w]", "[0-9]")]
    [InlineData(@"(a)\1", "[0-9]")]
    [InlineData("(?i)x", "(?:…)")]
    [InlineData("(?<n>x)", "(?:…)")]
    [InlineData("(?!x)", "(?:…)")]
    [InlineData("[a-z-[aeiou]]", "set within a set")]
    [InlineData("[]a]", "empty set")]
    [InlineData("[^]a]", "empty set")]
    [InlineData("é", "ASCII")]
    [InlineData("(", "cannot be read")]
    [InlineData("[a", "cannot be read")]
    public void What_they_would_not_is_refused_with_the_reason(string pattern, string says) => FilePattern.Refusal(pattern).ShouldNotBeNull().ShouldContain(says);

    /// <summary>.NET's ECMAScript mode is JavaScript's reading of sets and anchors.</summary>
    [Fact]
    public void A_pattern_that_is_taken_matches_what_javascript_would_match() =>
        Gen.Select(Gen.Char[@"ab.\[]^$()|*+?-/9"].Array[1, 9], Gen.Char["ab./9-"].Array[0, 8]).Sample((drawn, path) =>
        {
            var (pattern, text) = (new string(drawn), new string(path));
            if (FilePattern.Refusal(pattern) is null)
            {
                Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5))
                    .ShouldBe(Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(5)), pattern);
            }
        });
}
