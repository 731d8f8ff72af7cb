using System.Xml.Linq;

namespace Paddock.Architecture.Tests;

/// <summary>Projects are layers: what may reference what.</summary>
public class LayerTests
{
    private static readonly Dictionary<string, string[]> mayReference = new(StringComparer.Ordinal)
    {
        ["Paddock.Core"] = [],
        ["Paddock.Simulator"] = [],
        ["Paddock.Store"] = ["Paddock.Core"],
        ["Paddock.Gateway"] = ["Paddock.Core"],
        ["Paddock.Control"] = ["Paddock.Core"],
        ["Paddock.Agents"] = ["Paddock.Core", "Paddock.Control"],
        ["Paddock.Web"] = ["Paddock.Core", "Paddock.Control"],
        ["Paddock.Hook"] = ["Paddock.Core"],
        ["Paddock"] = ["Paddock.Core", "Paddock.Simulator", "Paddock.Store", "Paddock.Gateway", "Paddock.Control", "Paddock.Agents", "Paddock.Web"],
    };

    private static IEnumerable<(string Name, string Path, XDocument Xml)> ProductProjects =>
        Repository.Projects.Where(p => p.Key.StartsWith("src/", StringComparison.Ordinal)).Select(p => (Path.GetFileNameWithoutExtension(p.Key), p.Key, p.Value));

    [Fact]
    public void Every_project_of_the_product_is_in_the_table() =>
        ProductProjects.Where(p => !mayReference.ContainsKey(p.Name)).Select(p => p.Path)
            .ShouldBeNone("A new project needs a decision record and a row in this table:");

    [Fact]
    public void A_project_references_only_the_layers_below_it() =>
        (from project in ProductProjects
         from reference in Repository.Items(project.Xml, "ProjectReference").Select(NameOf)
         where !mayReference.GetValueOrDefault(project.Name, []).Contains(reference, StringComparer.Ordinal)
         select $"{project.Name} references {reference}")
        .ShouldBeNone("These references are not in the table:");

    [Fact]
    public void Core_takes_one_package_and_no_framework()
    {
        var core = Repository.Projects["src/Paddock.Core/Paddock.Core.csproj"];

        Repository.Items(core, "PackageReference").ShouldBe(["YamlDotNet"]);
        Repository.Items(core, "FrameworkReference").ShouldBeEmpty();
    }

    [Fact]
    public void Core_is_checked_against_the_clock_chance_and_input_output()
    {
        const string file = "src/Paddock.Core/BannedSymbols.txt";
        string[] mustBeBanned =
        [
            "T:System.IO.File", "T:System.IO.Directory", "T:System.IO.FileStream", "T:System.Net.Http.HttpClient", "T:System.Net.Sockets.Socket", "P:System.TimeProvider.System",
            "T:System.Random", "M:System.Guid.NewGuid", "M:System.Guid.CreateVersion7", "T:System.Security.Cryptography.RandomNumberGenerator", "T:System.Console",
            "T:System.Diagnostics.Process", "T:System.Diagnostics.Stopwatch", "T:System.Threading.Timer", "T:System.Threading.Thread", "T:System.Environment",
        ];

        Repository.Items(Repository.Projects["src/Paddock.Core/Paddock.Core.csproj"], "AdditionalFiles").ShouldContain("BannedSymbols.txt");
        var banned = Repository.Read(file).Split('\n').Select(l => l.Split(';')[0]).ToHashSet(StringComparer.Ordinal);
        mustBeBanned.Where(s => !banned.Contains(s)).ShouldBeNone($"{file} must ban:");
        Repository.Read(".globalconfig").ShouldNotContain("RS0030");
    }

    [Fact]
    public void Internals_are_shown_only_to_tests_and_benchmarks() =>
        (from project in ProductProjects
         from friend in Repository.Items(project.Xml, "InternalsVisibleTo")
         where !friend.EndsWith(".Tests", StringComparison.Ordinal) && friend is not ("Paddock.Benchmarks" or "Paddock.Testing")
         select $"{project.Name} shows its internals to {friend}")
        .ShouldBeNone("Projects meet at public interfaces:");

    [Fact]
    public void Every_project_is_in_the_solution_and_has_a_lock_file()
    {
        var solution = XDocument.Parse(Repository.Read("Paddock.slnx")).Descendants("Project").Select(p => p.Attribute("Path")!.Value).ToArray();

        Repository.Projects.Keys.Order().ShouldBe(solution.Order());
        solution.Select(p => p[..p.LastIndexOf('/')] + "/packages.lock.json").Where(l => !Repository.Exists(l)).ShouldBeNone("Missing lock files:");
    }

    [Fact]
    public void Only_the_store_opens_a_database() =>
        (from source in Repository.Product
         where source.Project is not "Paddock.Store"
         from name in source.Nodes<Microsoft.CodeAnalysis.CSharp.Syntax.IdentifierNameSyntax>()
         where name.Identifier.ValueText is "SqliteConnection" or "NpgsqlConnection" or "NpgsqlDataSource"
         select $"{source.Path}:{SourceUnit.LineOf(name)} {name}")
        .ShouldBeNone("SQLite runs only on the store's own threads, so its connections stay there:");

    /// <summary>What changes nothing that anybody may do: uses, and the one-time tickets of sign-ins, whose sessions have entries.</summary>
    private static readonly string?[] notes = ["SetLastUsedAsync", "NoteSeenAsync", "NoteSuccessAsync", "NoteAttemptAsync", "AddTicketAsync", "TakeTicketAsync", "AnswerDeviceAsync", "PollDeviceAsync"];

    [Fact]
    public void What_operators_change_is_written_only_with_its_entry_of_the_audit_log() =>
        (from source in Repository.Product
         where new[] { "Identity", "Approvals", "Containments", "Releases" }.Any(word => source.FolderNamespace == "Paddock.Store." + word)
         from name in source.Nodes<Microsoft.CodeAnalysis.CSharp.Syntax.IdentifierNameSyntax>()
         let method = name.FirstAncestorOrSelf<Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax>()?.Identifier.ValueText
         where name.Identifier.ValueText is "WriteAsync" || (name.Identifier.ValueText is "NoteAsync" && !notes.Contains(method))
         select $"{source.Path}:{SourceUnit.LineOf(name)} {name}")
        .ShouldBeNone("RecordedDatabase.ChangeAsync takes the entry with the change; only what changes nothing that anybody may do goes without:");

    private static string NameOf(string projectPath) => Path.GetFileNameWithoutExtension(projectPath.Replace('\\', '/'));
}
