using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>
/// Who may let an agent act in their name, and make keys of their own: a person in a session of the console. A key is not enough, for whoever
/// has it: from a key that leaked there would come sessions and keys which outlive it.
/// </summary>
internal static class PersonSignedIn
{
    public const string Rule = "Sign in as yourself for this; a key cannot let an agent act for you. Give the agent the key itself instead.";

    public const string KeyRule = "Sign in as yourself for this; with a key nobody makes, replaces or revokes others of their own.";

    public static Principal? Of(Actor actor, IdentityDirectory directory, DateTimeOffset now) =>
        actor.Key is { } key && directory.Find(key) is { Principal.Kind: PrincipalKind.User, Key.Client: SessionClient.Console } caller && caller.Principal.Id.Value == actor.Id && caller.IsLive(now) ? caller.Principal : null;
}
