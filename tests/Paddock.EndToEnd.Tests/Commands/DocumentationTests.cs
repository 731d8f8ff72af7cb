using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Commands;

public class DocumentationTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_documents_in_the_guide_are_a_release_that_would_be_taken()
    {
        using var place = new Installation();
        var guide = await File.ReadAllTextAsync(RepositoryFolder.Of("docs", "documents.md"), Cancelled);
        var blocks = guide.Split("```yaml\n")[1..].Select(block => block.Split("```")[0]).ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            place.Write($"release/{i}.yaml", blocks[i]);
        }

        var said = (await PaddockProcess.RunAsync(["release", "check", place.Release], null, Cancelled)).Printed;

        foreach (var kind in new[] { "Provider", "ModelRoute", "Model", "Budget", "Release" })
        {
            said.ShouldContain($"\n{kind} ");
        }
    }

    [Fact]
    public async Task The_guides_name_only_commands_that_there_are()
    {
        var help = new Dictionary<string, string>(StringComparer.Ordinal);
        var named = Directory.EnumerateFiles(RepositoryFolder.Of("docs"), "*.md", SearchOption.AllDirectories).Append(RepositoryFolder.Of("README.md"))
            .SelectMany(File.ReadLines).SelectMany(line => System.Text.RegularExpressions.Regex.Matches(line, "(`|^)paddock (?<command>[a-z]+)( (?<verb>[a-z]+(-[a-z]+)*))?", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            .Select(match => (Command: match.Groups["command"].Value, Verb: match.Groups["verb"].Value)).Distinct().ToList();

        named.Count.ShouldBeGreaterThan(10);
        foreach (var (command, verb) in named)
        {
            if (!help.TryGetValue(command, out var text))
            {
                help[command] = text = (await PaddockProcess.RunAsync([command, "--help"], null, Cancelled)).Printed;
            }

            if (text.Contains("\nCommands:", StringComparison.Ordinal) && verb.Length > 0)
            {
                text.ShouldContain($"\n  {verb} ", customMessage: $"paddock {command} {verb}");
            }
        }
    }
}
