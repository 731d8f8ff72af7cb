using System.Collections.Immutable;

namespace Paddock.Core.Tools.Shell;

/// <summary>Collects what is learnt of one line; what is learnt only ever makes it less legible.</summary>
/// <param name="merges">The line is read more than once, so that the same command may be found again.</param>
internal sealed class ShellFacts(bool merges = false)
{
    private readonly List<ShellCommand> commands = [];
    private readonly OrderedDictionary<string, bool> writes = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, bool> reads = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, bool> hosts = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, bool> paths = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> env = [];
    private readonly List<string> run = [];
    private Legibility legibility;
    private string? because;
    private bool hasExpansion;
    private bool runsInput;
    private int innerText;
    private int counted;

    public bool IsOpaque => legibility == Legibility.Opaque;

    public void Read() => legibility = legibility == Legibility.Plain ? Legibility.Read : legibility;

    public void Opaque(string reason)
    {
        because ??= reason;
        legibility = Legibility.Opaque;
    }

    public void Expands()
    {
        Read();
        hasExpansion = true;
    }

    public void RunsInput(string program)
    {
        runsInput = true;
        Opaque($"{program} takes its program from its input");
    }

    public void Add(ShellCommand command)
    {
        if (commands.Count >= ShellLimits.SeenCommands || (merges && commands.Exists(had => had.Role == command.Role && had.Known == command.Known && had.Argv.SequenceEqual(command.Argv))))
        {
            return;
        }

        commands.Add(command);
        if (command.Role != CommandRole.Wrapper && ++counted > ShellLimits.Commands)
        {
            Opaque($"more than {ShellLimits.Commands} commands");
        }
    }

    /// <param name="content">What the file holds is decided here, so running it in the same line runs something unseen.</param>
    public void Writes(string path, bool content)
    {
        Put(writes, path, content);
        Put(paths, path, false);
    }

    public void Reads(string path)
    {
        Put(reads, path, false);
        Put(paths, path, false);
    }

    public void Path(string path) => Put(paths, path, false);

    public void Host(string host) => Put(hosts, host, false);

    /// <summary>A file is executed, or given to an interpreter as its program.</summary>
    public void Runs(string path)
    {
        if (run.Count < ShellLimits.Facts)
        {
            run.Add(path);
        }
    }

    public void Env(string name, string value)
    {
        if (env.Count < ShellLimits.Facts)
        {
            env.Add(new(name, value));
        }
        else
        {
            Opaque("too many assignments");
        }
    }

    /// <summary>Whether a line inside an argument may still be read.</summary>
    public bool MayReadInner(int length)
    {
        innerText += length;
        if (innerText > ShellLimits.InnerText)
        {
            Opaque("too much text inside arguments");
            return false;
        }

        return true;
    }

    public ShellLine ToLine()
    {
        var written = writes.Where(w => w.Value).Select(w => Bare(w.Key)).ToHashSet(StringComparer.Ordinal);
        if (written.Count > 0 && run.Exists(r => written.Contains(Bare(r))))
        {
            Opaque("it runs a file that it writes");
        }

        return new()
        {
            Legibility = legibility,
            Commands = commands,
            WritesTo = [.. writes.Keys],
            ReadsFrom = [.. reads.Keys],
            Env = env,
            Hosts = [.. hosts.Keys],
            Paths = [.. paths.Keys],
            HasExpansion = hasExpansion,
            RunsInput = runsInput,
            OpaqueBecause = because,
        };
    }

    private static string Bare(string path) => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;

    private void Put(OrderedDictionary<string, bool> set, string key, bool content)
    {
        if (set.TryGetValue(key, out var had))
        {
            set[key] = had || content;
        }
        else if (set.Count < ShellLimits.Facts)
        {
            set.Add(key, content);
        }
        else
        {
            Opaque("too many files or hosts");
        }
    }
}
