using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Who asks the control plane for something, and what they may do.</summary>
/// <param name="Id">Principal id.</param>
public sealed record Actor(string Id, ControlRoles Roles)
{
    public bool May(ControlRoles needed) => (Roles & needed) == needed;
}

/// <summary>The outcome of a use case.</summary>
public abstract record Outcome<T>
{
    private Outcome()
    {
    }

    public sealed record Done(T Value) : Outcome<T>;

    /// <param name="Needed">The roles that were missing.</param>
    public sealed record Forbidden(ControlRoles Needed) : Outcome<T>;

    /// <param name="Field">The input at fault, in camel case.</param>
    public sealed record Invalid(string Field, string Message) : Outcome<T>;

    public sealed record NotFound(string Message) : Outcome<T>;

    public sealed record Conflict(string Message) : Outcome<T>;
}
