namespace Paddock.Testing;

/// <summary>The folder that the tests were built from: documents, examples, and what <c>./build setup</c> installs below <c>artifacts</c>.</summary>
public static class RepositoryFolder
{
    private static readonly string root = Find();

    /// <param name="parts">Of a path below it; none for the folder itself.</param>
    /// <returns>The full path.</returns>
    public static string Of(params ReadOnlySpan<string> parts) => Path.Combine([root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Paddock.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Paddock.slnx above {AppContext.BaseDirectory}: the tests do not run inside the repository.");
    }
}
