using Paddock.Core.Releases;

namespace Paddock.Hosting;

/// <summary>Reads the <c>.yaml</c> and <c>.yml</c> files of a release directory. Links are not followed: a release is what lies in it.</summary>
internal static class ReleaseDirectory
{
    private static readonly EnumerationOptions Inside = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
        MaxRecursionDepth = 8,
    };

    /// <exception cref="IOException">The directory or a file cannot be read.</exception>
    public static IReadOnlyList<SourceFile> Read(string directory) =>
    [
        .. new DirectoryInfo(directory).EnumerateFiles("*", Inside)
            .Where(file => file.Extension is ".yaml" or ".yml")
            .OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => new SourceFile(Path.GetRelativePath(directory, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName))),
    ];

    /// <summary>The environment's providers.</summary>
    public static IReadOnlyList<SourceFile> FromEnvironment() =>
        StarterRelease.From(StarterRelease.Variables
            .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Name, pair => pair.Value!, StringComparer.Ordinal)); // filtered just now
}
