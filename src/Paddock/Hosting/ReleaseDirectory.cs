using Paddock.Core.Releases;

namespace Paddock.Hosting;

/// <summary>What was found in a release directory.</summary>
/// <param name="Faults">What cannot be part of a release; then none of it is taken.</param>
internal sealed record ReleaseFiles(IReadOnlyList<SourceFile> Files, IReadOnlyList<ReleaseFault> Faults);

/// <summary>
/// Reads the <c>.yaml</c> and <c>.yml</c> files of a release directory and those below it. Hidden names are left out. A link is followed
/// when it stays inside (an orchestrator mounts documents so) and is a fault when it leads out.
/// </summary>
internal static class ReleaseDirectory
{
    private const int Deepest = 8;
    private const long LargestFile = 4 << 20;

    /// <exception cref="IOException">The directory cannot be read.</exception>
    public static ReleaseFiles Read(string directory)
    {
        var files = new List<SourceFile>();
        var faults = new List<ReleaseFault>();
        var root = RealPath.Of(directory);
        foreach (var path in Find(root, Deepest).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(root, path).Replace('\\', '/');
            try
            {
                var real = RealPath.Of(path);
                if (Refusal(path, real, root) is { } refusal)
                {
                    faults.Add(new(name, 0, "", refusal));
                }
                else
                {
                    files.Add(SourceFile.FromBytes(name, File.ReadAllBytes(real)));
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                faults.Add(new(name, 0, "", $"This file cannot be read: {fault.Message}"));
            }
        }

        if (files.Count == 0 && faults.Count == 0)
        {
            // An unmounted volume looks so: nothing must not be taken for "everything is allowed".
            faults.Add(new(".", 0, "", "The directory holds no .yaml file."));
        }

        return new(files, faults);
    }

    /// <summary>The <c>.cases</c> files beside the documents: no part of a release, only of its tests.</summary>
    /// <exception cref="IOException">The directory or a file cannot be read.</exception>
    public static IReadOnlyList<SourceFile> ReadCases(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, "*.cases", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Deepest, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint })
            .Order(StringComparer.Ordinal)
            .Select(path => SourceFile.FromBytes(Path.GetRelativePath(directory, path).Replace('\\', '/'), File.ReadAllBytes(path))),
    ];

    /// <summary>The environment's providers.</summary>
    public static IReadOnlyList<SourceFile> FromEnvironment() =>
        StarterRelease.From(StarterRelease.Variables
            .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Name, pair => pair.Value!, StringComparer.Ordinal)); // filtered just now

    /// <summary>Why an entry is no part of a release.</summary>
    private static string? Refusal(string path, string real, string root) =>
        !RealPath.IsBelow(real, root) ? "This is a link that leads out of the release directory."
        : Directory.Exists(path) ? "This is a linked or too deep directory; put its files here."
        : new FileInfo(real) is { Exists: true, Length: > LargestFile } ? $"This file has more than {LargestFile >> 20} MiB."
        : null;

    /// <summary>Documents, and directories that cannot be gone into.</summary>
    private static IEnumerable<string> Find(string directory, int depth)
    {
        foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.')))
        {
            if (entry is not DirectoryInfo below)
            {
                if (entry.Extension is ".yaml" or ".yml")
                {
                    yield return entry.FullName;
                }
            }
            else if (below.LinkTarget is not null || depth == 0)
            {
                yield return entry.FullName;
            }
            else
            {
                foreach (var file in Find(below.FullName, depth - 1))
                {
                    yield return file;
                }
            }
        }
    }
}
