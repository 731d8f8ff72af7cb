using Paddock.Core.Identity;
using Paddock.Core.Releases;

namespace Paddock.Control;

/// <summary>The outcome of a use case. Every case but <see cref="Done"/> changed nothing.</summary>
public abstract record Outcome<T>
{
    private Outcome()
    {
    }

    public sealed record Done(T Value) : Outcome<T>;

    /// <param name="Needed">The roles that were missing.</param>
    public sealed record Forbidden(ControlRoles Needed) : Outcome<T>;

    /// <summary>The caller has the roles, and may not do this to this one: separation of duties.</summary>
    public sealed record NotAllowed(string Message) : Outcome<T>;

    /// <param name="Field">The input at fault, in camel case.</param>
    public sealed record Invalid(string Field, string Message) : Outcome<T>;

    public sealed record NotFound(string Message) : Outcome<T>;

    /// <summary>It is well asked, but not possible as things are.</summary>
    public sealed record Conflict(string Message) : Outcome<T>;

    /// <summary>A release was refused.</summary>
    /// <param name="Faults">All of them.</param>
    public sealed record Faulty(IReadOnlyList<ReleaseFault> Faults) : Outcome<T>;
}
