#:property PublishAot=false
#:property Nullable=enable
// The verbs of this repository: `./build VERB`. Needs only the .NET SDK; `setup` says what else it installs.

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

string[] rest = args.Length > 1 ? args[1..] : [];
try
{
    return (args.Length > 0 ? args[0] : "help") switch
    {
        "run" => Verbs.Run(rest),
        "setup" => Setup.All(),
        "check" => Verbs.Check(),
        "test" => Verbs.Test(rest),
        "fuzz" => Verbs.Fuzz(rest),
        "soak" => Verbs.Soak(rest),
        "bench" => Verbs.Bench(rest),
        "pack" => Verbs.Pack(rest),
        "help" or "-h" or "--help" => Verbs.Help(0),
        _ => Verbs.Help(2),
    };
}
catch (BuildFailure failure)
{
    Console.Error.WriteLine($"build: {failure.Message}");
    Console.Write(args[0] == "test" ? $"{new TestCount { Failed = 1 }}{Environment.NewLine}" : "");

    return 1;
}

internal sealed class BuildFailure(string message) : Exception(message);

internal static class Verbs
{
    // Longer than the whole suite takes on two slow cores, shorter than a CI job's patience.
    private static readonly TimeSpan testLimit = TimeSpan.FromMinutes(24);

    public static int Help(int code)
    {
        Console.WriteLine("""
            usage: ./build VERB
              run [options]     build and start `paddock serve` with these options, for example --demo
              setup             install what the tests need: Debian packages (as root or with sudo), agents from npm, PowerShell
              check             formatting and analyzers; a warning is an error
              test [PROJECT..]  set up, build and run all tests, or those of the projects named (Core, Store, ...)
              fuzz [SECONDS]    every property test for SECONDS each (default 60) instead of its usual samples
              soak [MINUTES]    all tests again and again for MINUTES (default 60), to the first failure
              bench             Paddock beside nginx, YARP and Portkey; writes bench/out/report.md (needs root once)
              pack [RID..]      paddock and paddock-hook, self-contained per platform, with SBOM and checksums (needs gcc, zlib1g-dev)
            """);
        return code;
    }

    public static int Run(string[] options)
    {
        Shell.MustRun("dotnet", ["build", "src/Paddock", "-c", "Release", "-v", "q", "--nologo"]);
        var executable = Path.Combine("artifacts", "bin", "Paddock", "release", OperatingSystem.IsWindows() ? "paddock.exe" : "paddock");
        return Shell.Run(executable, ["serve", .. options]);
    }

    public static int Check()
    {
        Shell.MustRun("dotnet", ["format", "whitespace", ".", "--folder", "--verify-no-changes", "--exclude", "artifacts", "bench/out"]);
        // One compiler for all projects takes a third less time; it does not outlive the check.
        Shell.MustRun("dotnet", ["build", "Paddock.slnx", "-c", "Release", "-v", "q", "--nologo", "-p:UseSharedCompilation=true"]);
        return Shell.Run("dotnet", ["build-server", "shutdown", "--vbcscompiler"]);
    }

    public static int Test(string[] projects)
    {
        Setup.All();
        return RunTests(projects, null, "--filter-not-trait", "In=soak");
    }

    public static int Fuzz(string[] options)
    {
        Environment.SetEnvironmentVariable("CsCheck_Time", options.Length > 0 ? options[0] : "60");
        return RunTests(["Core", "Store", "Gateway", "Agents"], limit: TimeSpan.FromHours(24));
    }

    public static int Soak(string[] options)
    {
        Setup.All();
        Environment.SetEnvironmentVariable("PADDOCK_SAMPLES", "50"); // properties are tried fifty times as often
        var limit = TimeSpan.FromMinutes(options.Length > 0 ? int.Parse(options[0]) : 60);
        var (watch, code) = (Stopwatch.StartNew(), 0);
        while (code == 0 && watch.Elapsed < limit)
        {
            code = RunTests([], TimeSpan.FromHours(3));
        }

        return code;
    }

    public static int Bench(string[] options)
    {
        Setup.Debian(("/usr/sbin/nginx", "nginx-light"), ("gcc", "gcc"), ("gcc", "libc6-dev"), ("python3", "python3"), ("node", "nodejs"), ("npm", "npm"), ("taskset", "util-linux"));
        return Shell.Run("python3", ["bench/run.py", .. options]);
    }

    public static int Pack(string[] runtimes) => Shell.Run("dotnet", ["run", "dev/pack.cs", "--", .. runtimes]);

    /// <param name="filter">CI leaves further agents, on ways that another has gone, to the soak.</param>
    private static int RunTests(string[] projects, TimeSpan? limit = null, params string[] filter)
    {
        Shell.MustRun("dotnet", ["build", "Paddock.slnx", "-c", "Release", "-v", "q", "--nologo"]);
        const string Memory = "/dev/shm"; // the databases of the tests sync thousands of times; what kills a process leaves files in memory alone, as it does those on a disk
        var mounts = File.Exists("/proc/mounts") ? File.ReadAllLines("/proc/mounts") : [];
        var files = mounts.Any(line => line.Contains($" {Memory} ") && !line.Contains("noexec")) && new DriveInfo(Memory).AvailableFreeSpace > 8L << 30 ? Directory.CreateDirectory($"{Memory}/paddock-{Environment.ProcessId}") : null;
        Environment.SetEnvironmentVariable("TMPDIR", files?.FullName ?? Environment.GetEnvironmentVariable("TMPDIR"));
        var count = new TestCount();
        string[][] targets = projects.Length > 0 ? [.. projects.Select(p => (string[])["--project", $"tests/Paddock.{p}.Tests"])] : [["--solution", "Paddock.slnx", "--max-parallel-test-modules", "1"]];
        foreach (var target in targets)
        {
            count.Add(Shell.Run("dotnet", ["test", .. target, "-c", "Release", "--no-build", .. filter], count.Read, limit ?? testLimit));
        }

        _ = files is null ? 0 : Shell.Run("rm", ["-rf", files.FullName]); // as far as it goes: a program that still ends may write there
        Console.WriteLine(count);
        return count.Failed == 0 ? 0 : 1;
    }
}

/// <summary>Sums the summaries that `dotnet test` prints.</summary>
internal sealed class TestCount
{
    private static readonly Regex figure = new(@"^\s+(failed|succeeded|skipped): (\d+)\s*$", RegexOptions.CultureInvariant);

    public int Passed { get; private set; }

    public int Failed { get; set; }

    public int Skipped { get; private set; }

    public void Read(string line)
    {
        if (figure.Match(line) is { Success: true } match)
        {
            var n = int.Parse(match.Groups[2].Value);
            _ = match.Groups[1].Value switch { "failed" => Failed += n, "succeeded" => Passed += n, _ => Skipped += n };
        }
    }

    /// <summary>A run that failed without a failed test (a crash, a hang, no test at all) counts as one failure.</summary>
    public void Add(int exitCode)
    {
        if (Failed == 0 && (exitCode != 0 || Passed == 0))
        {
            Console.WriteLine($"The test run ended with exit code {exitCode}, {Passed} passed and no failed test: counted as one failure.");
            Failed++;
        }
    }

    public override string ToString() => $"{Passed} passed, {Failed} failed{(Skipped > 0 ? $", {Skipped} skipped" : "")}";
}

/// <summary>Installs what is missing, and nothing that is there.</summary>
internal static class Setup
{
    public static int All()
    {
        Debian(("/usr/lib/postgresql", "postgresql"), ("node", "nodejs"), ("npm", "npm"), ("git", "git"), ("fish", "fish"), ("shfmt", "shfmt"), ("chromium", "chromium"), ("prometheus-alertmanager", "prometheus-alertmanager"), ("go", "golang-go"), ("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog", "golang-golang-x-mod-dev"));
        Unpack("prometheus");
        Tool("PowerShell", "7.6.9", "artifacts/pwsh");
        Npm("the agents of the end-to-end tests", "Paddock.EndToEnd.Tests/Agents", "agents", setUp: "@anthropic-ai/claude-code/install.cjs");
        Npm("the identity provider of the end-to-end tests", "Paddock.EndToEnd.Tests/Identity/Provider", "oidc");
        Npm("the rules that pages are held to", "Paddock.EndToEnd.Tests/Browsing/Axe", "axe");
        Npm("the implementation that expressions are compared with", "Paddock.Core.Tests/Policies/Expressions/Oracle", "oracle");
        return 0;
    }

    /// <param name="needs">What must be there (a command, or an absolute path) and the Debian package that brings it.</param>
    public static void Debian(params (string Need, string Package)[] needs)
    {
        var missing = needs.Where(n => !IsThere(n.Need)).Select(n => n.Package).Distinct().ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        var list = string.Join(' ', missing);
        if (!File.Exists("/usr/bin/apt-get"))
        {
            throw new BuildFailure($"please install these yourself, by their names on your system: {list}");
        }

        string[] sudo = Environment.UserName == "root" ? [] : ["sudo"];
        if (sudo.Length > 0 && !IsThere("sudo"))
        {
            throw new BuildFailure($"please run as root: apt-get install --no-install-recommends {list}");
        }

        Console.WriteLine($"setup: installing {list}");
        Environment.SetEnvironmentVariable("DEBIAN_FRONTEND", "noninteractive");
        foreach (string[] words in (string[][])[["update", "-q"], ["install", "-yq", "--no-install-recommends", .. missing]])
        {
            string[] all = [.. sudo, "apt-get", .. words];
            Shell.MustRun(all[0], all[1..]);
        }
    }

    /// <summary>Debian packages whose programs are wanted and whose servers are not: below artifacts, which needs no root and starts none.</summary>
    private static void Unpack(params string[] packages)
    {
        foreach (var package in packages.Where(p => !Directory.Exists($"artifacts/debian/{p}") && File.Exists("/usr/bin/apt-get")))
        {
            Console.WriteLine($"setup: unpacking {package}");
            Shell.MustRun("sh", ["-ec", $"rm -rf artifacts/debian/.new; mkdir -p artifacts/debian/.new; cd artifacts/debian/.new; apt-get download -q {package} || {{ $(command -v sudo) apt-get update -q; apt-get download -q {package}; }}; dpkg -x *.deb .; rm *.deb; mv ../.new ../{package}"]);
        }
    }

    /// <summary>Packages pinned by their lock file, installed outside the sources; <paramref name="setUp"/> is a package's own, which newer versions of npm do not run unasked.</summary>
    private static void Npm(string what, string tests, string artifacts, string? setUp = null)
    {
        var (from, to, wanted, done) = ($"tests/{tests}", $"artifacts/{artifacts}", $"tests/{tests}/package-lock.json", $"artifacts/{artifacts}/installed.lock.json");
        if (!File.Exists(wanted) || (File.Exists(done) && File.ReadAllText(done) == File.ReadAllText(wanted)))
        {
            return;
        }

        Console.WriteLine($"setup: installing {what} from npm");
        Directory.CreateDirectory(to);
        File.Copy(from + "/package.json", to + "/package.json", overwrite: true);
        File.Copy(wanted, to + "/package-lock.json", overwrite: true);
        // Not `npm ci`: some package sources carry this platform's binaries only, and it refuses a lock file without the others. What is locked is installed by its hash all the same.
        Shell.MustRun("npm", ["install", "--prefix", to, "--no-audit", "--no-fund", "--loglevel=error"]);
        if (setUp is not null)
        {
            Shell.MustRun("node", [$"{to}/node_modules/{setUp}"]);
        }

        File.Copy(wanted, done, overwrite: true);
    }

    /// <summary>A program that comes as a .NET tool.</summary>
    private static void Tool(string package, string version, string to)
    {
        if (!Directory.Exists($"{to}/.store/{package.ToLowerInvariant()}/{version}"))
        {
            Console.WriteLine($"setup: installing {package}");
            Shell.MustRun("dotnet", ["tool", "install", package, "--version", version, "--tool-path", to, "--allow-downgrade"]);
        }
    }

    private static bool IsThere(string need) => Path.IsPathRooted(need)
        ? Path.Exists(need)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, need)) || File.Exists(Path.Combine(d, need + ".exe")) || File.Exists(Path.Combine(d, need + ".cmd")));
}

/// <summary>Starts programs that share our terminal, and passes a request to stop on to them.</summary>
internal static class Shell
{
    public static void MustRun(string program, string[] arguments)
    {
        if (Run(program, arguments) is not 0 and var code)
        {
            throw new BuildFailure($"{program} {string.Join(' ', arguments)} ended with exit code {code}");
        }
    }

    /// <param name="line">Sees each line of the output, which is printed as well.</param>
    public static int Run(string program, string[] arguments, Action<string>? line = null, TimeSpan? limit = null)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = line is not null };
        using var process = Process.Start(start) ?? throw new BuildFailure($"{program} did not start");
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, process));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        if (line is not null)
        {
            process.OutputDataReceived += (_, output) =>
            {
                Console.Write(output.Data is null ? "" : output.Data + Environment.NewLine);
                line(output.Data ?? "");
            };
            process.BeginOutputReadLine();
        }

        if (!process.WaitForExit(limit ?? Timeout.InfiniteTimeSpan))
        {
            process.Kill(entireProcessTree: true);
            Console.WriteLine($"{program} {string.Join(' ', arguments)} was ended after {limit}");
            return 124;
        }

        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Stop(PosixSignalContext context, Process process)
    {
        context.Cancel = true;
        _ = OperatingSystem.IsWindows() ? 0 : Kill(process.Id, 15);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);
}
