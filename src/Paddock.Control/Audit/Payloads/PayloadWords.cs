using Paddock.Control.Identity;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit.Payloads;

/// <summary>What operators say of kept content, checked.</summary>
internal static class PayloadWords
{
    public const string ReasonRule = "A reason is one line of 1 to 500 characters.";

    private const int LongestTask = 200;

    public static bool IsReason(string text) => Names.IsLabel(text, 500);

    /// <summary>Whether names can be what they are said to be.</summary>
    /// <param name="id">Id of the principal; as it was given when nobody has it any more.</param>
    /// <returns>Null when they can.</returns>
    public static Outcome<T>? Fault<T>(IdentityDirectory directory, string? task, string? principal, string? cls, out string? id)
    {
        id = principal is null ? null : FindPrincipal.In(directory, principal)?.Id.Value ?? (PrincipalId.TryParse(principal, out var known) ? known.Value : null);
        return (task, cls) switch
        {
            _ when principal is not null && id is null => new Outcome<T>.NotFound("There is no such user; whoever was removed is named by id."),
            ({ } name, _) when !Names.IsLabel(name, LongestTask) => new Outcome<T>.Invalid("task", $"A task is named by its id, one line of up to {LongestTask} characters."),
            (_, { } name) when !KeyClasses.IsName(name) => new Outcome<T>.Invalid("class", $"A class is lower-case letters, digits and '-', at most {DataKeyId.LongestClass}."),
            _ => null,
        };
    }
}
