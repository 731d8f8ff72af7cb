namespace Paddock.Core.Audit.Payloads;

/// <summary>Content that a rule asks to keep.</summary>
/// <param name="Field">What it is of its entry, such as <c>args</c>.</param>
/// <param name="Class">A name that <see cref="KeyClasses.IsName"/> takes.</param>
/// <param name="Task">Paddock's id of the task; the same content is kept once in it. Null when there is none.</param>
/// <param name="Principal">Id of whoever it came from.</param>
/// <param name="Content">As it came; it is masked before it is kept.</param>
public sealed record PayloadCapture(string Field, string Class, string? Task, string Principal, ReadOnlyMemory<byte> Content);
