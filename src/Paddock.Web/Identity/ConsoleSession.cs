using Paddock.Control;

namespace Paddock.Web.Identity;

/// <summary>Somebody who signed in to the console.</summary>
/// <param name="Actor">With the roles that their key has now.</param>
/// <param name="FormToken">Stands in every form of theirs: a form without it was not made by us for them.</param>
internal sealed record ConsoleSession(Actor Actor, string Name, string FormToken, DateTimeOffset ExpiresAt);
