using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>
/// Who may let an agent act in their name: a person in a session of the console. A key is not enough, for whoever has it: from a key that
/// leaked there would come sessions which outlive it.
/// </summary>
internal static class PersonSignedIn
{
    public const string Rule = "Sign in as yourself for this; a key cannot let an agent act for you. Give the agent the key itself instead.";

    public static Principal? Of(Actor actor, IdentityDirectory directory, DateTimeOffset now) =>
        actor.Key is { } key && directory.Find(key) is { Principal.Kind: PrincipalKind.User, Key.Client: SessionClient.Console } caller && caller.Principal.Id.Value == actor.Id && caller.IsLive(now) ? caller.Principal : null;
}
