#:property PublishAot=false
#:property Nullable=enable
// ./build pack [RID..]: paddock and paddock-hook, a self-contained file each, an archive, an SBOM and SHA256SUMS in artifacts/pack.

using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;

const string output = "artifacts/pack";
string[] known = ["linux-x64", "win-x64", "osx-arm64"];
var runtimes = args.Length > 0 ? args : known;
if (runtimes.Except(known).ToArray() is { Length: > 0 } strange)
{
    Console.Error.WriteLine($"pack: no such platform: {string.Join(", ", strange)}. There are {string.Join(", ", known)}.");
    return 2;
}

var version = XDocument.Load("Directory.Build.props").Descendants("VersionPrefix").Single().Value;
var time = Packing.TimeOfCommit();
if (Directory.Exists(output))
{
    Directory.Delete(output, recursive: true);
}

foreach (var runtime in runtimes)
{
    var watch = Stopwatch.StartNew();
    var folder = Path.Combine(output, runtime);
    Packing.Publish(runtime, version, folder);
    Packing.Archive(runtime, folder, Path.Combine(output, $"paddock-{version}-{runtime}"), time);
    var code = Packing.Run("dotnet", "run", "dev/sbom.cs", "--", runtime, version, Path.Combine(output, $"paddock-{version}-{runtime}.cdx.json"), $"{time.ToUnixTimeSeconds()}");
    if (code != 0)
    {
        return code;
    }

    Console.WriteLine($"pack: {runtime} in {watch.Elapsed.TotalSeconds:F0} s");
}

Packing.Sum(output);
return 0;

internal static class Packing
{
    private const UnixFileMode executable = (UnixFileMode)0b111_101_101, plain = (UnixFileMode)0b110_100_100;

    /// <summary>Publishes one platform and keeps the two files that are needed.</summary>
    public static void Publish(string runtime, string version, string folder)
    {
        Directory.CreateDirectory(folder);
        Publish("src/Paddock", Name("paddock", runtime), runtime, version, folder);
        Publish("src/Paddock.Hook", Name("paddock-hook", runtime), runtime, version, folder);
        foreach (var file in Companions(runtime))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
    }

    private static void Publish(string project, string name, string runtime, string version, string folder)
    {
        var published = Path.Combine("artifacts", "publish-pack", runtime, Path.GetFileName(project));
        if (Run("dotnet", "publish", project, "-c", "Release", $"-p:PackRuntime={runtime}", "-o", published, "-v", "q", "--nologo") is not 0 and var code)
        {
            throw new InvalidOperationException($"publishing {project} {version} for {runtime} ended with exit code {code}");
        }

        File.Copy(Path.Combine(published, name), Path.Combine(folder, name), overwrite: true);
    }

    /// <summary>The same files give the same archive: order, times and owners are fixed.</summary>
    public static void Archive(string runtime, string folder, string target, DateTimeOffset time)
    {
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray();
        var inside = Path.GetFileName(target);
        if (runtime.StartsWith("win", StringComparison.Ordinal))
        {
            using var zip = ZipFile.Open(target + ".zip", ZipArchiveMode.Create);
            foreach (var file in files)
            {
                var entry = zip.CreateEntry($"{inside}/{Path.GetFileName(file)}", CompressionLevel.SmallestSize);
                entry.LastWriteTime = time;
                using var to = entry.Open();
                using var from = File.OpenRead(file);
                from.CopyTo(to);
            }

            return;
        }

        using var compressed = new GZipStream(File.Create(target + ".tar.gz"), CompressionLevel.SmallestSize);
        using var tar = new TarWriter(compressed, TarEntryFormat.Ustar);
        foreach (var file in files)
        {
            using var content = File.OpenRead(file);
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{inside}/{Path.GetFileName(file)}")
            {
                DataStream = content,
                Mode = Path.GetFileName(file) is "paddock" or "paddock-hook" ? executable : plain,
                ModificationTime = time,
                UserName = "root",
                GroupName = "root",
            });
        }
    }

    public static void Sum(string folder)
    {
        var lines = from file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                    let name = Path.GetRelativePath(folder, file).Replace('\\', '/')
                    where name != "SHA256SUMS"
                    select $"{Hash(file)}  {name}\n";
        var text = string.Concat(lines);
        File.WriteAllText(Path.Combine(folder, "SHA256SUMS"), text);
        Console.Write(text);
    }

    /// <summary>Time of the last commit, so that packing it again gives the same times.</summary>
    public static DateTimeOffset TimeOfCommit()
    {
        var start = new ProcessStartInfo("git", ["log", "-1", "--format=%ct"]) { RedirectStandardOutput = true };
        using var git = Process.Start(start);
        var text = git?.StandardOutput.ReadToEnd().Trim();
        git?.WaitForExit();
        return DateTimeOffset.FromUnixTimeSeconds(long.TryParse(text, out var seconds) ? seconds : 1_767_225_600);
    }

    public static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)) ?? throw new InvalidOperationException($"{program} did not start");
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string Name(string program, string runtime) => runtime.StartsWith("win", StringComparison.Ordinal) ? program + ".exe" : program;

    private static string[] Companions(string runtime) =>
        runtime.StartsWith("linux", StringComparison.Ordinal) ? ["LICENSE", "NOTICE", "README.md", "dev/package/paddock.service"] : ["LICENSE", "NOTICE", "README.md"];

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
