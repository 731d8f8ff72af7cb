namespace Paddock.Testing;

/// <summary>Programs that <c>./build setup</c> unpacks from Debian's packages, or that the machine has anyway.</summary>
public static class UnpackedProgram
{
    /// <param name="package">Debian's.</param>
    /// <param name="name">Of the program in it.</param>
    /// <param name="others">What it is called elsewhere.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Of(string package, string name, params string[] others)
    {
        var unpacked = RepositoryFolder.Of("artifacts", "debian", package, "usr", "bin", name);
        return File.Exists(unpacked) ? unpacked
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => others.Prepend(name).Select(one => Path.Combine(folder, one))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"The program '{name}' is not there. Run: ./build setup");
    }
}
