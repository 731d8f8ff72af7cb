using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Paddock.Architecture.Tests;

/// <summary>The documents say what is there.</summary>
public partial class DocumentTests
{
    private static readonly string[] sections = ["## Context", "## Decision", "## Consequences"];

    private static IEnumerable<string> Decisions => Repository.Files.Where(f => f.StartsWith("docs/decisions/", StringComparison.Ordinal) && !f.EndsWith("README.md", StringComparison.Ordinal));

    [Fact]
    public void Decision_records_are_numbered_without_a_gap()
    {
        var names = Decisions.Select(f => Path.GetFileName(f)).ToArray();

        names.Where(n => !DecisionName().IsMatch(n)).ShouldBeNone("A decision record is called 0007-what-was-decided.md:");
        names.Select(n => int.Parse(n.AsSpan(0, 4))).ShouldBe(Enumerable.Range(1, names.Length));
    }

    [Fact]
    public void A_decision_record_follows_the_template() =>
        (from file in Decisions
         let text = Repository.Read(file)
         let number = Path.GetFileName(file)[..4]
         from fault in sections.Where(s => !text.Contains(s + "\n", StringComparison.Ordinal)).Append(text.StartsWith($"# {number}. ", StringComparison.Ordinal) ? "" : $"a first line `# {number}. Title`").Append(text.Contains("\nStatus: ", StringComparison.Ordinal) ? "" : "a line `Status: …`")
         where fault.Length > 0
         select $"{file} lacks {fault}")
        .ShouldBeNone("See docs/decisions/0001:");

    [Fact]
    public void Every_package_has_its_reason()
    {
        var used = Repository.Projects.Values.SelectMany(p => Repository.Items(p, "PackageReference"))
            .Concat(Repository.Items(XDocument.Parse(Repository.Read("Directory.Build.props")), "PackageReference")).ToHashSet(StringComparer.Ordinal);
        var explained = PackageRow().Matches(Repository.Read("docs/dependencies.md")).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var versions = Repository.Items(XDocument.Parse(Repository.Read("Directory.Packages.props")), "PackageVersion").ToArray();

        used.Except(explained).ShouldBeNone("Without a row in docs/dependencies.md:");
        explained.Except(used).ShouldBeNone("In docs/dependencies.md, but no project takes it:");
        versions.Except(used).ShouldBeNone("In Directory.Packages.props, but no project takes it:");
    }

    [Fact]
    public void Links_between_documents_lead_somewhere() =>
        (from file in Repository.Files
         where file.EndsWith(".md", StringComparison.Ordinal)
         from Match link in RelativeLink().Matches(Repository.Read(file))
         let target = link.Groups["target"].Value
         let folder = Path.GetDirectoryName(file) ?? ""
         where target.Length > 0 && !Repository.Exists(Path.Combine(folder, target))
         select $"{file} → {target}")
        .ShouldBeNone("Broken links:");

    [Fact]
    public void The_documents_people_look_for_are_there()
    {
        string[] expected =
        [
            "README.md", "LICENSE", "NOTICE", "SECURITY.md", "CONTRIBUTING.md", "AGENTS.md", "docs/ARCHITECTURE.md", "docs/GLOSSARY.md", "docs/wires.md",
            "docs/dependencies.md", "docs/threat-model.md", "docs/performance.md", "docs/operate.md",
        ];

        expected.Where(f => !Repository.Exists(f)).ShouldBeNone("Missing:");
    }

    [GeneratedRegex(@"^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DecisionName();

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PackageRow();

    // Not absolute addresses, not anchors within the same page.
    [GeneratedRegex(@"\]\((?![a-z]+:|#)(?<target>[^)#\s]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RelativeLink();
}
