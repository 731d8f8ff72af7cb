namespace Paddock.Core.Identity;

/// <summary>What a person signed in with. Each kind of session is good for other things.</summary>
public enum SessionClient
{
    /// <summary>A browser, for the console: what the person's control roles allow, no model calls.</summary>
    Console,

    /// <summary>An agent in an editor that speaks Roo Code's cloud wire: its settings, its events and the model proxy.</summary>
    Extension,

    /// <summary>Roo Code's command line: the model proxy, and who it is.</summary>
    Cli,

    /// <summary><c>paddock login</c> on somebody's machine: short tokens for any agent's model and tool calls.</summary>
    Device,
}

/// <summary>Sessions' clients by the names that the database and people use.</summary>
public static class SessionClients
{
    private static readonly string[] names = ["console", "extension", "cli", "device"];

    public static string NameOf(SessionClient client) => names[(int)client];

    /// <returns>Null for a name that is none of them: a newer version may have written it, and it is good for nothing here.</returns>
    public static SessionClient? Parse(string name) => Array.IndexOf(names, name) is >= 0 and var index ? (SessionClient)index : null;

    /// <summary>What a session of this client may be used for, at most; what control roles it has is looked up with each use.</summary>
    public static KeyScopes ScopesOf(SessionClient client) => client switch
    {
        SessionClient.Console => new() { Control = ControlRoles.Admin },
        SessionClient.Device => new() { Models = true, Tools = true },
        _ => new() { Models = true },
    };
}
