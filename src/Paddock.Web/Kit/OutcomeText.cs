using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Core.Identity;

namespace Paddock.Web.Kit;

/// <summary>What people read of an outcome.</summary>
internal static class OutcomeText
{
    /// <returns>No message when it was done.</returns>
    public static (string? Message, int Status) Of<T>(Outcome<T> outcome) => outcome switch
    {
        Outcome<T>.Done => (null, StatusCodes.Status200OK),
        Outcome<T>.Invalid invalid => (invalid.Message, StatusCodes.Status400BadRequest),
        Outcome<T>.NotFound missing => (missing.Message, StatusCodes.Status404NotFound),
        Outcome<T>.Conflict conflict => (conflict.Message, StatusCodes.Status409Conflict),
        Outcome<T>.NotAllowed refused => (refused.Message, StatusCodes.Status403Forbidden),
        Outcome<T>.Forbidden forbidden => ($"This takes the control roles {string.Join(", ", ControlRoleNames.Of(forbidden.Needed))}; you do not have them all.", StatusCodes.Status403Forbidden),
        _ => ("This was not possible.", StatusCodes.Status403Forbidden),
    };
}
