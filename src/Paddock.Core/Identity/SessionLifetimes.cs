namespace Paddock.Core.Identity;

/// <summary>How long what people have by signing in lasts: sessions, their tokens, and the keys that they make themselves.</summary>
public sealed record SessionLifetimes
{
    /// <summary>Of the console's sessions.</summary>
    public TimeSpan Console { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Of agents' and machines' sessions: after it, people sign in again.</summary>
    public TimeSpan Agents { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Of a token that a session is changed for. Roo Code asks for the next after 50 s, agents' token commands after some minutes.</summary>
    public TimeSpan Token { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest that a key lasts which a person makes for themselves, at most 90 days; zero = they make none.</summary>
    public TimeSpan OwnKeys { get; init; } = LongestOwnKey;

    public static readonly TimeSpan LongestOwnKey = TimeSpan.FromDays(90);

    public TimeSpan Of(SessionClient client) => client is SessionClient.Console ? Console : Agents;
}
