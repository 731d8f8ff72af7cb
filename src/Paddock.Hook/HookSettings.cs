using System.Globalization;
using Paddock.Core.Agents;

namespace Paddock.Hook;

/// <summary>What the hook was told by its command line and environment. A key is never on a command line, where every process on the machine reads it.</summary>
internal sealed record HookSettings
{
    /// <summary>The exit code that most agents take for "do not run it", when it is not known which agent asks.</summary>
    public const int Blocks = 2;

    private const string Tell = "--tell";

    private const string Usage = "usage: paddock-hook --agent AGENT [--url URL] [--tell | --on-error deny|allow] [--timeout SECONDS]; the key is in PADDOCK_KEY, or in the file that PADDOCK_KEY_FILE names";

    public required string Agent { get; init; }

    /// <summary>Where Paddock listens, without a path.</summary>
    public required Uri Url { get; init; }

    public required string Key { get; init; }

    /// <summary>Whether a tool may run that Paddock could not be asked about. Default: it may not.</summary>
    public bool AllowsOnError { get; init; }

    /// <summary>It is started after something has happened, to tell of it: whatever goes wrong, the agent goes on, and there is nothing to refuse.</summary>
    public bool Tells { get; init; }

    /// <summary>Longer than Paddock waits for an approval (20 s), shorter than agents wait for a hook (30 s and more). Default 25 s; to tell, 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <param name="variable">Reads the environment.</param>
    /// <param name="fault">What is wrong, for people.</param>
    /// <returns>Null when something is.</returns>
    public static HookSettings? Read(string[] arguments, Func<string, string?> variable, out string fault)
    {
        var tells = OnlyTells(arguments);
        arguments = [.. arguments.Where(static word => word != Tell)];
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i] is not ("--agent" or "--url" or "--on-error" or "--timeout") || i + 1 == arguments.Length || !options.TryAdd(arguments[i], arguments[i + 1]))
            {
                fault = Usage;
                return null;
            }
        }

        var agent = AgentOf(arguments);
        var address = options.GetValueOrDefault("--url") ?? variable("PADDOCK_URL") ?? "http://127.0.0.1:5080";
        var seconds = 0.0;
        fault = options switch
        {
            _ when !HookDenial.Agents.Contains(agent, StringComparer.Ordinal) => $"--agent is one of {string.Join(", ", HookDenial.Agents)}",
            _ when !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") => "--url is an address such as https://paddock.example",
            _ when options.GetValueOrDefault("--on-error") is not (null or "deny" or "allow") => "--on-error is deny or allow",
            _ when tells && options.ContainsKey("--on-error") => "with --tell there is nothing to refuse, and no --on-error",
            _ when options.TryGetValue("--timeout", out var text) && !(double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds is > 0 and <= 600) => "--timeout is a number of seconds, at most 600",
            _ => "",
        };
        if (fault.Length > 0 || KeyOf(variable, ref fault) is not { } key)
        {
            return null;
        }

        var settings = new HookSettings { Agent = agent, Url = new(address), Key = key, AllowsOnError = options.GetValueOrDefault("--on-error") == "allow", Tells = tells };
        return seconds > 0 ? settings with { Timeout = TimeSpan.FromSeconds(seconds) } : tells ? settings with { Timeout = TimeSpan.FromSeconds(5) } : settings;
    }

    /// <summary>The agent that is named, even where the rest of the command line makes no sense; empty = none.</summary>
    public static string AgentOf(string[] arguments) => arguments.SkipWhile(static word => word != "--agent").ElementAtOrDefault(1) ?? "";

    /// <summary>Whether it is started to tell, even where the rest of the command line makes no sense.</summary>
    public static bool OnlyTells(string[] arguments) => arguments.Contains(Tell, StringComparer.Ordinal);

    private static string? KeyOf(Func<string, string?> variable, ref string fault)
    {
        if (variable("PADDOCK_KEY") is { Length: > 0 } key)
        {
            return OneWord(key, "PADDOCK_KEY", ref fault);
        }

        if (variable("PADDOCK_KEY_FILE") is not { Length: > 0 } path)
        {
            fault = "there is no key in PADDOCK_KEY, and PADDOCK_KEY_FILE names no file";
            return null;
        }

        try
        {
            const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != UnixFileMode.None)
            {
                fault = "others can read the file that PADDOCK_KEY_FILE names; chmod 600 it";
                return null;
            }

            return OneWord(File.ReadAllText(path), "the file that PADDOCK_KEY_FILE names", ref fault);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            fault = "the file that PADDOCK_KEY_FILE names cannot be read";
            return null;
        }
    }

    private static string? OneWord(string text, string from, ref string fault)
    {
        var key = text.Trim();
        if (key.Length > 0 && key.All(static letter => letter is > ' ' and <= '~'))
        {
            return key;
        }

        fault = $"{from} holds no key";
        return null;
    }
}
