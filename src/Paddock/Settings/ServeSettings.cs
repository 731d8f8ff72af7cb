namespace Paddock.Settings;

/// <summary>Process settings of a server, bound once. What is governed lives in documents, never here.</summary>
internal sealed record ServeSettings
{
    public required string DataDirectory { get; init; }

    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:5080"];

    public string? ReleaseDirectory { get; init; }

    public bool Demo { get; init; }

    /// <summary>Documents served when no directory is named, instead of the environment's.</summary>
    public IReadOnlyList<Core.Releases.SourceFile>? Documents { get; init; }

    /// <summary>Addresses or CIDR ranges of the reverse proxies in front; plain HTTP beyond loopback needs them.</summary>
    public IReadOnlyList<string> BehindProxy { get; init; } = [];

    public string? Postgres { get; init; }

    /// <summary>Host names that requests may name, beside loopback's.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Only the control API, on an ephemeral loopback port: how a command works on a directory no server runs on.</summary>
    public bool ControlOnly { get; init; }

    /// <summary>The data directory when none is named: <c>PADDOCK_DATA</c>, else <c>~/.paddock</c>.</summary>
    public static string DefaultDataDirectory =>
        Environment.GetEnvironmentVariable("PADDOCK_DATA") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".paddock");
}
