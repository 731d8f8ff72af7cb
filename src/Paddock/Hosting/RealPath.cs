namespace Paddock.Hosting;

/// <summary>Where a path really leads, every link on the way followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path)
    {
        var left = MostLinks;
        return Resolve(Path.GetFullPath(path), ref left);
    }

    /// <summary>Whether a real path lies below a real directory.</summary>
    public static bool IsBelow(string path, string directory) => path.StartsWith(directory.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Resolve(string path, ref int left)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path; // the root
        }

        var here = Path.Combine(Resolve(parent, ref left), Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not { } target)
        {
            return here;
        }

        return left-- > 0
            ? Resolve(Path.GetFullPath(target, Path.GetDirectoryName(here)!), ref left) // what has a name has a parent
            : throw new IOException($"The links of {path} lead in a circle.");
    }
}
