using System.Xml.Linq;

namespace Paddock.Architecture.Tests;

/// <summary>The repository as it lies on disk: the rules are about sources and documents, so nothing needs to be built to check them.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    private static readonly string[] notOurs = ["artifacts", "node_modules", ".git", "bin", "obj", "out", "bodies", "TestResults", "__pycache__"];
    private static readonly Lazy<List<string>> files = new(() => Walk(Root).Select(Relative).Order(StringComparer.Ordinal).ToList());
    private static readonly Lazy<List<SourceUnit>> sources = new(() => Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).Select(f => new SourceUnit(f, Read(f))).ToList());

    /// <summary>Every file that is ours, relative, with forward slashes.</summary>
    public static IReadOnlyList<string> Files => files.Value;

    public static IReadOnlyList<SourceUnit> Sources => sources.Value;

    public static IEnumerable<SourceUnit> Product => Sources.Where(s => s.Path.StartsWith("src/", StringComparison.Ordinal));

    public static IEnumerable<SourceUnit> Tests => Sources.Where(s => s.Path.StartsWith("tests/", StringComparison.Ordinal));

    /// <summary>Projects by relative path.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects { get; } =
        Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).ToDictionary(f => f, f => XDocument.Parse(Read(f)), StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    /// <summary>Values of <c>Include</c> of all items of one kind in a project or props file.</summary>
    public static IEnumerable<string> Items(XDocument project, string kind) =>
        project.Descendants(kind).Select(e => e.Attribute("Include")?.Value).OfType<string>();

    /// <summary>The folder names between a project's root and its files: <c>Budgets</c> of src/Paddock.Core/Budgets/Budget.cs.</summary>
    public static IEnumerable<(string Project, string Folder, string Path)> ProductFolders() =>
        from file in Files
        where file.StartsWith("src/", StringComparison.Ordinal)
        let parts = file.Split('/')
        from i in Enumerable.Range(2, Math.Max(0, parts.Length - 3))
        group (parts[1], parts[i], string.Join('/', parts[..(i + 1)])) by string.Join('/', parts[..(i + 1)]) into folder
        select folder.First();

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return file;
        }

        foreach (var below in Directory.EnumerateDirectories(folder).Where(d => !notOurs.Contains(Path.GetFileName(d), StringComparer.Ordinal)))
        {
            foreach (var file in Walk(below))
            {
                yield return file;
            }
        }
    }

    private static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Paddock.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Paddock.slnx above {AppContext.BaseDirectory}.");
    }
}
