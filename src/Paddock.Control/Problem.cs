using Paddock.Core.Releases;

namespace Paddock.Control;

/// <summary>An error of the control API (RFC 9457). <see cref="Type"/> is stable, the words are not.</summary>
/// <param name="Type">Such as <c>paddock:forbidden</c>; the list is in docs/control-api.md.</param>
/// <param name="Field">The input at fault.</param>
/// <param name="Faults">Why a release was refused, one by one.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, string? Field = null, IReadOnlyList<ReleaseFault>? Faults = null)
{
    public const string ContentType = "application/problem+json";

    public static Problem Unauthenticated { get; } =
        new("paddock:unauthenticated", "Unauthenticated", 401, "Present a Paddock key with control roles as Authorization: Bearer.");

    /// <summary>How many faults, in words.</summary>
    public static string Counted(int faults) => faults == 1 ? "1 fault" : $"{faults} faults";

    public static Problem NotJson { get; } =
        new("paddock:unsupported-media-type", "Unsupported media type", 415, "Send application/json.");

    public static Problem Invalid(string detail, string? field = null) => new("paddock:invalid", "Invalid input", 400, detail, field);
}
