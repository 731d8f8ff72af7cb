using System.Collections.Immutable;
using Paddock.Core.Policies;
using Paddock.Core.Tools;

namespace Paddock.Core.Modes;

/// <summary>How some teams and people work with their agents, as a <c>TeamProfile</c> document says. One of them holds for a person at a time (<see cref="TeamProfiles"/>).</summary>
public sealed record TeamProfile
{
    public required string Name { get; init; }

    /// <summary>With no <see cref="Users"/> as well: everybody whom no other profile is for.</summary>
    public ImmutableArray<string> Teams { get; init; } = [];

    /// <summary>People and service accounts, by name or id. They come before teams.</summary>
    public ImmutableArray<string> Users { get; init; } = [];

    /// <summary>Of two that are for the same person, the higher holds.</summary>
    public int Priority { get; init; }

    /// <summary>Null = nothing is said of modes.</summary>
    public ProfileModes? Modes { get; init; }

    /// <summary>Null = nothing is said of models.</summary>
    public ProfileModels? Models { get; init; }

    /// <summary>Classes of tools of which each call takes somebody's yes.</summary>
    public ImmutableArray<KeyValuePair<ToolClass, RuleApproval>> Approvals { get; init; } = [];

    /// <summary>How answers are to look: added to the instructions of each mode.</summary>
    public string? Output { get; init; }

    /// <summary>Names of <c>Budget</c> documents that count these people only.</summary>
    public ImmutableArray<string> Budgets { get; init; } = [];

    public ImmutableArray<McpServer> McpServers { get; init; } = [];

    public ProfileClient Client { get; init; } = ProfileClient.Usual;

    /// <summary>Null = a task may be as old as it will.</summary>
    public ProfileTasks? Tasks { get; init; }

    public bool IsForEverybody => Teams.IsEmpty && Users.IsEmpty;

    public string Owner { get; init; } = "";

    /// <summary>The file it stands in, and the line of its name.</summary>
    public string File { get; init; } = "";

    public int Line { get; init; }
}

/// <summary>The modes that a team works in.</summary>
public sealed record ProfileModes
{
    /// <summary>Names of <c>Mode</c> documents, in the order in which they are offered.</summary>
    public ImmutableArray<string> Preferred { get; init; } = [];

    /// <summary>Slugs, also of modes that come with the agent.</summary>
    public ImmutableArray<string> Forbidden { get; init; } = [];

    /// <summary>What becomes of a call in a mode that is neither.</summary>
    public ModeFallback Unlisted { get; init; } = ModeFallback.Refuse;

    /// <summary>What becomes of a call that says no mode.</summary>
    public ModeFallback Missing { get; init; } = ModeFallback.Refuse;
}

/// <summary>What holds where a team profile does not know the mode. Nobody is let do more by saying none.</summary>
/// <param name="IsAllowed">Policies alone decide.</param>
/// <param name="Mode">The <c>Mode</c> document whose limits hold; null = none.</param>
public sealed record ModeFallback(bool IsAllowed, string? Mode)
{
    public static readonly ModeFallback Refuse = new(false, null);

    public static readonly ModeFallback Allow = new(true, null);

    public bool IsRefused => !IsAllowed && Mode is null;
}

/// <summary>Which models a team works with.</summary>
public sealed record ProfileModels
{
    /// <summary>Models and routes by class, the best first, in the order of the classes' names.</summary>
    public required ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> Classes { get; init; }

    /// <summary>The class of modes that name none.</summary>
    public required string Default { get; init; }

    /// <summary>Whether models that no class names may be asked for as well.</summary>
    public bool AllowsOthers { get; init; }

    /// <summary>The models of a class; empty when there is none of this name.</summary>
    public ImmutableArray<string> Of(string name)
    {
        foreach (var (each, models) in Classes)
        {
            if (each == name)
            {
                return models;
            }
        }

        return [];
    }
}

/// <summary>What clients are told besides, and whether they have to ask for it.</summary>
public sealed record ProfileClient
{
    /// <summary>What holds where no profile does.</summary>
    public static readonly ProfileClient Usual = new();

    /// <summary>
    /// How long settings are good by default where stale clients are refused: an hour, and the hour that Roo Code and Zoo Code may wait after a fault
    /// of ours before they ask again (1 s, doubled each time, up to 1 h), and some slack.
    /// </summary>
    public static readonly TimeSpan WhereRefused = TimeSpan.FromMinutes(130);

    /// <summary>How long settings are good: who has not asked for them since is stale. Roo Code and Zoo Code 3.52.1 ask every hour.</summary>
    public TimeSpan RefreshWithin { get; init; } = TimeSpan.FromMinutes(75);

    /// <summary>Whether model calls of a stale client are refused.</summary>
    public bool RefusesStale { get; init; }

    /// <summary>Whether extensions send each message of a task.</summary>
    public bool RecordsMessages { get; init; }

    public TaskSharing Sharing { get; init; }

    /// <summary>Hides the public marketplace's MCP servers.</summary>
    public bool HidesMarketplaceMcps { get; init; }

    /// <summary>Ids of marketplace items that are not shown.</summary>
    public ImmutableArray<string> HiddenMcps { get; init; } = [];

    /// <summary>Whether pushed provider profiles hold the session's own token, for clients that would otherwise show another bearer.</summary>
    public bool PutsTokenInProfiles { get; init; }
}

/// <summary>How long a team works on one task.</summary>
public sealed record ProfileTasks
{
    /// <summary>How old the context of a task may be, counted from the task's first call.</summary>
    public required TimeSpan ContextWithin { get; init; }

    /// <summary>Whether model calls of an older one are refused.</summary>
    public bool RefusesStale { get; init; }
}

/// <summary>With whom a task may be shared.</summary>
public enum TaskSharing
{
    None,
    Organization,
    Public,
}
